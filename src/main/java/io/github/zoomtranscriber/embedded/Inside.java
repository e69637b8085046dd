package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.http.Clean;
import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
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
 * Some of our routes in a Camel context of their own, whose options are a Kamelet's parameters. So a Kamelet can be
 * used twice with two accounts, none of its names clashes with the estate's, and the estate's error handling does not
 * affect it.
 */
final class Inside implements AutoCloseable {

    private final DefaultCamelContext context;

    /**
     * @param outside the estate's context
     * @param name of the new context
     * @param parameters values by option; all others have their defaults
     * @throws ConfigurationException with everything that is wrong with the parameters
     */
    Inside(CamelContext outside, String name, Map<String, String> parameters) {
        Options options = Options.loadWithoutLogins(null, Map.of(), parameters);
        options.names().stream().filter(options::isSecret).map(options::get).forEach(Clean::remember);
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName(name);
        context.setApplicationContextClassLoader(outside.getApplicationContextClassLoader());
        context.disableJMX();
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        // as in the program: a recording that waits for its transcript waits in a delay
        context.getExecutorServiceManager().getDefaultThreadPoolProfile().setMaxQueueSize(100_000);
        context.getShutdownStrategy().setTimeout(3);
        context.getPropertiesComponent().setInitialProperties(options.toProperties());
        bind("zoomOptions", options);
    }

    /** Puts a bean in the place of ours of that name, if there is one: the registry would keep both, by their types. */
    void bind(String name, Object bean) {
        context.getRegistry().unbind(name);
        context.getRegistry().bind(name, bean);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }

    CamelContext context() {
        return context;
    }

    /**
     * Loads routes and starts them.
     *
     * @param files paths in the jar, below {@code zoom-transcriber/}
     * @param wanted which routes of {@code routes/} to start, by id; those of other files are all started
     */
    void start(List<String> files, Predicate<String> wanted) {
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .setRouteFilter(route -> !OwnNames.isOurs(route.getResource()) || wanted.test(route.getId()));
        List<Resource> routes = files.stream()
                .map(file -> ResourceHelper.resolveResource(context, "classpath:zoom-transcriber/" + file))
                .toList();
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
