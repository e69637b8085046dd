package io.github.zoomtranscriber.embedded;

import io.github.zoomtranscriber.options.ConfigurationException;
import io.github.zoomtranscriber.options.Options;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the DataSource that the ledger is to use, unless it is to open its own. */
public final class LedgerSource {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerSource.class);
    private static final String OPTION = "ledger.data-source";

    private final CamelContext context;
    private final Options options;

    public LedgerSource(CamelContext context, Options options) {
        this.context = context;
        this.options = options;
    }

    /**
     * The DataSource that {@code ledger.data-source} names. In an estate that names none, the only one there is, unless
     * {@code ledger.url} is set.
     *
     * @return null if the ledger is to open its own
     * @throws ConfigurationException if it is unclear which one is meant, or if that one cannot hold the ledger
     */
    public DataSource find() {
        String name = options.get(OPTION);
        Map<String, DataSource> there = new TreeMap<>(context.getRegistry().findByTypeWithName(DataSource.class));
        if (!name.isEmpty()) {
            DataSource named = context.getRegistry().lookupByNameAndType(name, DataSource.class);
            if (named == null) {
                throw wrong(OPTION + " = " + name + ": expected the name of a DataSource bean"
                        + (there.isEmpty() ? "" : "; there is " + names(there)));
            }
            return usable(named);
        }
        if (!options.isOfContext() || !options.source("ledger.url").equals("default")) {
            return null;
        }
        if (there.size() > 1) {
            throw wrong(OPTION + " is not set: expected which DataSource is to hold the ledger (" + names(there)
                    + "), or ledger.url");
        }
        if (there.isEmpty() && !isThere("org.h2.Driver", "com.zaxxer.hikari.HikariDataSource")) {
            throw wrong(
                    "there is no database for the ledger: expected a DataSource bean, or com.h2database:h2 and com.zaxxer:HikariCP on the class path");
        }
        return there.isEmpty() ? null : usable(there.values().iterator().next());
    }

    private static String names(Map<String, DataSource> sources) {
        return String.join(" or ", sources.keySet());
    }

    private boolean isThere(String... classes) {
        return List.of(classes).stream()
                .allMatch(name -> context.getClassResolver().resolveClass(name) != null);
    }

    private static DataSource usable(DataSource source) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!connection.getAutoCommit()) {
                throw wrong(
                        "the DataSource does not auto-commit: expected one that does, because each step of the ledger must be durable at once");
            }
            if (product.equals("H2")) {
                checkH2(connection);
            } else if (!product.equals("PostgreSQL")) {
                throw wrong("the DataSource connects to " + product
                        + ": expected PostgreSQL or H2; name another one in " + OPTION + ", or set ledger.url");
            }
            return source;
        } catch (SQLException e) {
            throw wrong("the DataSource cannot be used for the ledger: " + e.getMessage());
        }
    }

    /**
     * Requires what {@code ledger.url} requires: without these settings H2 loses commits, or does not understand the
     * ledger's SQL.
     */
    private static void checkH2(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT setting_name, setting_value FROM information_schema.settings")) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        String url = connection.getMetaData().getURL();
        boolean inMemory = url.startsWith("jdbc:h2:mem:");
        if (!"PostgreSQL".equalsIgnoreCase(settings.get("MODE"))
                || !"true".equalsIgnoreCase(settings.get("DATABASE_TO_LOWER"))
                || !inMemory && !"0".equals(settings.get("WRITE_DELAY"))) {
            throw wrong(
                    "the DataSource connects to an H2 database without the settings that the ledger needs: expected "
                            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE at the end of its URL");
        }
        if (url.matches("jdbc:h2:(file:)?(?![a-z]{2,}:).*")) {
            LOG.warn(
                    "The DataSource connects to an H2 file that closes as soon as a thread is interrupted while it writes, for instance when a "
                            + "route stops: expected a URL that begins with jdbc:h2:async:");
        }
    }

    private static ConfigurationException wrong(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}
