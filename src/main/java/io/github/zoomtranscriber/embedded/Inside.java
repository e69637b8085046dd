package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
import io.github.zoomtranscriber.http.Clean;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Some of our routes in a context of their own, which the Kamelet's parameters are the options of. So a Kamelet can be used twice with
 * two accounts, nothing in it clashes with what the estate calls its own, and what the estate does about errors does not reach into it.
 */
final class Inside implements AutoCloseable {

    private final DefaultCamelContext context;

    /**
     * @param outside    the estate's
     * @param name       of the Kamelet's route
     * @param parameters option to value; the others have their defaults
     * @throws ConfigurationException with all that is wrong with them
     */
    Inside(CamelContext outside, String name, Map<String, String> parameters) {
        Options options = Options.loadWithoutLogins(null, Map.of(), parameters);
        options.names().stream().filter(options::isSecret).map(options::get).forEach(Clean::remember);
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName(name);
        context.setApplicationContextClassLoader(outside.getApplicationContextClassLoader());
        context.disableJMX();
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        // as the program has it: those who wait for a transcript wait in a delay
        context.getExecutorServiceManager().getDefaultThreadPoolProfile().setMaxQueueSize(100_000);
        context.getShutdownStrategy().setTimeout(3);
        context.getPropertiesComponent().setInitialProperties(options.toProperties());
        bind("zoomOptions", options);
    }

    void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }

    CamelContext context() {
        return context;
    }

    /**
     * Reads the routes and starts them.
     *
     * @param files  of the jar, below {@code zoom-transcriber/}
     * @param wanted which of our routes, by id; all of those that are not ours are
     */
    void start(List<String> files, Predicate<String> wanted) {
        context.getCamelContextExtension().getContextPlugin(Model.class)
                .setRouteFilter(route -> !OwnNames.isOurs(route.getResource()) || wanted.test(route.getId()));
        List<Resource> routes = files.stream().map(file -> ResourceHelper.resolveResource(context, "classpath:zoom-transcriber/" + file)).toList();
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(routes);
            context.start();
        } catch (Exception e) {
            context.stop();
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
