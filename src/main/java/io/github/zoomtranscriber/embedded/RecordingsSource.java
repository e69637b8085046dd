package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.ledger.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * {@code zoom-recordings-source}: one exchange for each new recording, which counts as done when the estate's route has
 * finished with it without an exception. Works as long as the Kamelet's route runs.
 */
public final class RecordingsSource extends RoutePolicySupport implements CamelContextAware {

    private static final List<String> FILES = List.of(
            "routes/errors.camel.yaml",
            "routes/calls.camel.yaml",
            "routes/discover.camel.yaml",
            "routes/resume.camel.yaml",
            "kamelets/recordings.camel.yaml");
    private static final Set<String> NOT_WANTED = Set.of("assemblyai");
    private static final String SOURCE = "estate";

    private final Map<String, String> parameters = new TreeMap<>();
    private CamelContext outside;
    private String dataSource = "";
    private Inside inside;
    private ProducerTemplate exit;

    public void setAccountId(String value) {
        parameters.put("zoom.account-id", value);
    }

    public void setClientId(String value) {
        parameters.put("zoom.client-id", value);
    }

    public void setClientSecret(String value) {
        parameters.put("zoom.client-secret", value);
    }

    public void setApiUrl(String value) {
        parameters.put("zoom.api-url", value);
    }

    public void setOauthUrl(String value) {
        parameters.put("zoom.oauth-url", value);
    }

    public void setSchedule(String value) {
        parameters.put("zoom.schedule", value);
    }

    public void setLookbackDays(String value) {
        parameters.put("zoom.lookback-days", value);
    }

    public void setTopics(String value) {
        parameters.put("zoom.topics", value);
    }

    public void setHosts(String value) {
        parameters.put("zoom.hosts", value);
    }

    public void setMinimumMinutes(String value) {
        parameters.put("zoom.minimum-minutes", value);
    }

    public void setMyNotes(String value) {
        parameters.put("zoom.my-notes", value);
    }

    public void setRecordingTypes(String value) {
        parameters.put("zoom.recording-types", value);
    }

    /** @param value how long the estate's route may take for one recording before it is considered lost */
    public void setLease(String value) {
        parameters.put("transcribe.lease", value);
    }

    /** @param value how long after a failure of the estate's route the recording is offered again */
    public void setRetryWait(String value) {
        parameters.put("retry.wait", value);
    }

    public void setParallel(String value) {
        parameters.put(
                "queue", "seda:recordings?size=1000&discardWhenFull=true&pollTimeout=500&concurrentConsumers=" + value);
    }

    /** @param value the prefix of the names of the ledger's tables */
    public void setPrefix(String value) {
        parameters.put("estate.prefix", value);
    }

    /** @param value a JDBC URL; empty for the context's DataSource or, if there is none, an H2 file */
    public void setLedgerUrl(String value) {
        if (!value.isEmpty()) {
            parameters.put("ledger.url", value);
        }
    }

    public void setLedgerUsername(String value) {
        parameters.put("ledger.username", value);
    }

    public void setLedgerPassword(String value) {
        parameters.put("ledger.password", value);
    }

    /** @param value the name of a bean of the estate's; empty for the only DataSource there is */
    public void setDataSource(String value) {
        dataSource = value;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        outside = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return outside;
    }

    /** The Kamelet's route is ready to receive exchanges. */
    @Override
    public void onStart(Route route) {
        DataSource given = given();
        if (given != null) {
            parameters.put("ledger.data-source", SOURCE);
        }
        exit = outside.createProducerTemplate();
        inside = new Inside(outside, route.getRouteId(), parameters);
        if (given != null) {
            inside.bind(SOURCE, given);
        }
        inside.bind(
                "recordings",
                new RecordingsRoute(
                        inside.bean("zoomLedger", Ledger.class),
                        exit,
                        route.getEndpoint().getEndpointUri()));
        inside.start(FILES, id -> !NOT_WANTED.contains(id));
    }

    @Override
    public void onStop(Route route) {
        if (inside != null) {
            inside.close();
            exit.stop();
            inside = null;
        }
    }

    private DataSource given() {
        if (!dataSource.isEmpty()) {
            DataSource named = outside.getRegistry().lookupByNameAndType(dataSource, DataSource.class);
            if (named == null) {
                throw new IllegalArgumentException("zoom-recordings-source, dataSource = " + dataSource
                        + ": expected the name of a DataSource bean");
            }
            return named;
        }
        return parameters.containsKey("ledger.url")
                ? null
                : outside.getRegistry().findSingleByType(DataSource.class);
    }
}
