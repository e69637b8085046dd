package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.options.Options;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;

/**
 * Loads routes as the estate's own loader does, and gives those in our files the estate's names for them: see
 * {@link OwnNames}.
 */
public final class EstateRoutesLoader implements RoutesLoader {

    private final RoutesLoader estates;

    private EstateRoutesLoader(RoutesLoader estates) {
        this.estates = estates;
    }

    /** Replaces the context's loader. */
    public static void install(CamelContext context) {
        context.getCamelContextExtension()
                .addContextPlugin(RoutesLoader.class, new EstateRoutesLoader(PluginHelper.getRoutesLoader(context)));
    }

    @Override
    public Collection<RoutesBuilder> findRoutesBuilders(Collection<Resource> resources) throws Exception {
        return findRoutesBuilders(resources, false);
    }

    @Override
    public Collection<RoutesBuilder> findRoutesBuilders(Collection<Resource> resources, boolean optional)
            throws Exception {
        Collection<RoutesBuilder> builders = estates.findRoutesBuilders(resources, optional);
        Options options = getCamelContext().getRegistry().lookupByNameAndType("zoomOptions", Options.class);
        // the program's context and a Kamelet's have their options before their routes, and share names with nobody
        if (options == null || options.isOfContext()) {
            String idPrefix = options == null ? OwnNames.PREFIX : options.get("estate.prefix");
            for (RoutesBuilder builder : builders) {
                if (builder instanceof RouteBuilder read && OwnNames.isOurs(read.getResource())) {
                    OwnNames.prefix(read, idPrefix);
                }
            }
        }
        return builders;
    }

    /** As Camel's own loader, which would not prefix the names, updates routes. */
    @Override
    public Set<String> updateRoutes(Collection<Resource> resources) throws Exception {
        Collection<RoutesBuilder> builders = findRoutesBuilders(resources == null ? Set.of() : resources);
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                configurations.updateRouteConfigurationsToCamelContext(getCamelContext());
            }
        }
        Set<String> updated = new LinkedHashSet<>();
        for (RoutesBuilder builder : builders) {
            for (String id : builder.updateRoutesToCamelContext(getCamelContext())) {
                if (!updated.add(id)) {
                    throw new FailedToStartRouteException(id, "there is another route with this id");
                }
            }
        }
        return updated;
    }

    @Override
    public RoutesBuilderLoader getRoutesLoader(String extension) throws Exception {
        return estates.getRoutesLoader(extension);
    }

    @Override
    public void preParseRoute(Resource resource, boolean optional) throws Exception {
        estates.preParseRoute(resource, optional);
    }

    @Override
    public void initRoutesBuilderLoader(RoutesBuilderLoader loader) {
        estates.initRoutesBuilderLoader(loader);
    }

    @Override
    public boolean isIgnoreLoadingError() {
        return estates.isIgnoreLoadingError();
    }

    @Override
    public void setIgnoreLoadingError(boolean ignore) {
        estates.setIgnoreLoadingError(ignore);
    }

    @Override
    public CamelContext getCamelContext() {
        return estates.getCamelContext();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        estates.setCamelContext(context);
    }
}
