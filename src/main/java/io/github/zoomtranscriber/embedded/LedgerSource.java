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

/** Finds the DataSource that the ledger is to use where it is not to open one of its own. */
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
     * The one that is named; else, in a Camel that is not our own, the one that there is, unless {@code ledger.url} says otherwise.
     *
     * @return null if the ledger is to open its own
     * @throws ConfigurationException if that is not clear, or if it cannot hold the ledger
     */
    public DataSource find() {
        String name = options.get(OPTION);
        Map<String, DataSource> there = new TreeMap<>(context.getRegistry().findByTypeWithName(DataSource.class));
        if (!name.isEmpty()) {
            DataSource named = context.getRegistry().lookupByNameAndType(name, DataSource.class);
            if (named == null) {
                throw wrong(OPTION + " = " + name + ": expected the name of a DataSource bean" + (there.isEmpty() ? "" : ", here " + names(there)));
            }
            return usable(named);
        }
        if (!options.isOfContext() || !options.source("ledger.url").equals("default")) {
            return null;
        }
        if (there.size() > 1) {
            throw wrong(OPTION + " is not set: expected which of them is to hold the ledger, " + names(there) + "; or ledger.url");
        }
        if (there.isEmpty() && !isThere("org.h2.Driver", "com.zaxxer.hikari.HikariDataSource")) {
            throw wrong("there is nothing to keep the ledger in: expected a DataSource bean, or com.h2database:h2 and com.zaxxer:HikariCP on the class path");
        }
        return there.isEmpty() ? null : usable(there.values().iterator().next());
    }

    private static String names(Map<String, DataSource> sources) {
        return String.join(" or ", sources.keySet());
    }

    private boolean isThere(String... classes) {
        return List.of(classes).stream().allMatch(name -> context.getClassResolver().resolveClass(name) != null);
    }

    private static DataSource usable(DataSource source) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!connection.getAutoCommit()) {
                throw wrong("the DataSource does not commit by itself: expected one with auto-commit, as each step of the ledger must hold at once");
            }
            if (product.equals("H2")) {
                checkH2(connection);
            } else if (!product.equals("PostgreSQL")) {
                throw wrong("the DataSource leads to " + product + ": expected PostgreSQL or H2, by " + OPTION + " or ledger.url");
            }
            return source;
        } catch (SQLException e) {
            throw wrong("the DataSource cannot be used for the ledger: " + e.getMessage());
        }
    }

    /** The same as for an address of H2's: without these settings it loses commits, or does not know the ledger's SQL. */
    private static void checkH2(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT setting_name, setting_value FROM information_schema.settings")) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        String url = connection.getMetaData().getURL();
        boolean inMemory = url.startsWith("jdbc:h2:mem:");
        if (!"PostgreSQL".equalsIgnoreCase(settings.get("MODE")) || !"true".equalsIgnoreCase(settings.get("DATABASE_TO_LOWER"))
                || !inMemory && !"0".equals(settings.get("WRITE_DELAY"))) {
            throw wrong("the DataSource leads to an H2 that is not set for the ledger: expected "
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE at the end of its address");
        }
        if (url.matches("jdbc:h2:(file:)?(?![a-z]{2,}:).*")) {
            LOG.warn("The DataSource leads to a plain file of H2's, which is closed by the first thread that is interrupted while it writes, as when a "
                    + "route stops: expected jdbc:h2:async: at the beginning of its address");
        }
    }

    private static ConfigurationException wrong(String problem) {
        return new ConfigurationException(List.of(problem));
    }
}
