package io.github.zoomtranscriber.reload;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;

/**
 * Shows a scratch context the running program: its properties, its beans, and its components as they are configured.
 *
 * <p>A context makes itself the owner of what it finds. Therefore components are not shared but created anew with the
 * same options, and {@link #close()} gives beans that were told of the scratch context back to the running one.
 */
final class RunningProgram implements BeanRepository, ComponentResolver, PropertiesSource, AutoCloseable {

    private final CamelContext live;
    private final CamelContext scratch;
    private final ComponentResolver classPath;
    private final Set<CamelContextAware> lent = Collections.newSetFromMap(new IdentityHashMap<>());

    RunningProgram(CamelContext live, CamelContext scratch) {
        this.live = live;
        this.scratch = scratch;
        this.classPath = PluginHelper.getComponentResolver(scratch);
    }

    @Override
    public String getName() {
        return "running program";
    }

    @Override
    public String getProperty(String name) {
        return live.getPropertiesComponent().resolveProperty(name).orElse(null);
    }

    @Override
    public Component resolveComponent(String name, CamelContext context) throws Exception {
        Component running = live.hasComponent(name);
        return running == null ? classPath.resolveComponent(name, context) : copy(running);
    }

    private Component copy(Component running) {
        Component copy = scratch.getInjector().newInstance(running.getClass(), false);
        PropertyConfigurer configurer = running.getComponentPropertyConfigurer();
        if (configurer != null) {
            Map<String, Object> options = new HashMap<>();
            PluginHelper.getBeanIntrospection(live).getProperties(running, options, null, false);
            options.forEach((name, value) -> configurer.configure(scratch, copy, name, value, false));
        }
        return copy;
    }

    @Override
    public Object lookupByName(String name) {
        return lend(live.getRegistry().lookupByName(name));
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        return lend(live.getRegistry().lookupByNameAndType(name, type));
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        Map<String, T> found = new HashMap<>(live.getRegistry().findByTypeWithName(type));
        found.replaceAll((name, bean) -> lend(bean));
        return found;
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        Set<T> found = new HashSet<>();
        live.getRegistry().findByType(type).forEach(bean -> found.add(lend(bean)));
        return found;
    }

    @SuppressWarnings("unchecked")
    private <T> T lend(T bean) {
        if (bean instanceof Component component) {
            return (T) copy(component);
        }
        if (bean instanceof CamelContextAware aware && aware.getCamelContext() == live) {
            lent.add(aware);
        }
        return bean;
    }

    @Override
    public void close() {
        lent.forEach(bean -> bean.setCamelContext(live));
    }
}
