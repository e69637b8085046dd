package io.github.zoomtranscriber.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.zoomtranscriber.FreePort;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL that is away, that does not allow what the ledger needs, or that has a pooler before it. */
class PostgresTroubleTest {

    private static final String ROLE = "somebody";

    private static LedgerException refused(String url, String username) {
        return assertThrows(LedgerException.class, () -> {
            try (LedgerConnection connection = LedgerConnection.open(url, username, "")) {
                new Ledger(connection.source(), TestLedger.LEASE);
            }
        });
    }

    private static String withRole() {
        String database = Postgres.database();
        Postgres.execute(
                database,
                "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + ROLE + "') THEN CREATE ROLE "
                        + ROLE + " LOGIN; END IF; END $$");
        return database;
    }

    private static String name(String database) {
        return database.substring(database.lastIndexOf('/') + 1);
    }

    @Test
    void aServerThatIsNotThereYetIsAwayAndSaidWithItsAddress() {
        int port = FreePort.next();

        LedgerException refused = refused("jdbc:postgresql://127.0.0.1:" + port + "/postgres", Postgres.USER);

        assertTrue(refused.isAway(), refused::getMessage);
        assertTrue(refused.getMessage().contains("127.0.0.1:" + port + " refused"), refused::getMessage);
    }

    @Test
    void aNameThatCannotBeResolvedForTheMomentIsAwayAndSaid() {
        LedgerException refused = refused("jdbc:postgresql://nowhere.invalid/postgres", Postgres.USER);

        assertTrue(refused.isAway(), refused::getMessage);
        assertTrue(refused.getMessage().contains("nowhere.invalid"), refused::getMessage);
    }

    @Test
    void aServerThatHangsUpWhileItStartsIsAway() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            Thread hangingUp = new Thread(() -> {
                try {
                    while (true) {
                        server.accept().close();
                    }
                } catch (java.io.IOException over) {
                    // closed
                }
            });
            hangingUp.start();

            assertTrue(refused("jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/postgres", Postgres.USER)
                    .isAway());
        }
    }

    @Test
    void aServerWithoutRoomForOneMoreConnectionIsAway() {
        String database = withRole();
        Postgres.execute(Postgres.database(), "ALTER DATABASE " + name(database) + " CONNECTION LIMIT 0");

        LedgerException refused = refused(database, ROLE);

        assertTrue(refused.isAway(), refused::getMessage);
        assertTrue(refused.getMessage().contains("too many connections"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "57P01, true",
        "57P02, true",
        "57P03, true",
        "57P04, false",
        "53300, true",
        "53100, true",
        "58030, true",
        "08003, true",
        "08006, true",
        "28P01, false",
        "28000, false",
        "3D000, false",
        "42501, false",
        "23505, false"
    })
    void whatPassesByItselfIsToldFromWhatHasToBeMended(String state, boolean away) {
        SQLException said = new SQLException("as the server says", state);
        SQLException byPool = new SQLTransientConnectionException("ledger - request timed out after 30000ms", said);

        assertEquals(away, new LedgerException(said).isAway());
        assertEquals(away, new LedgerException(byPool).isAway());
        assertEquals("The ledger's database says: as the server says", new LedgerException(byPool).getMessage());
    }

    @Test
    void whatAPoolerSaysWhileTheServerIsAwayIsToldFromWhatItRefuses() {
        Map.of(
                        "FATAL: server login has been failing, try again later (server_login_retry)", true,
                        "FATAL: query_wait_timeout", true,
                        "FATAL: no more connections allowed (max_client_conn)", true,
                        "FATAL: no such database: ledger", false,
                        "FATAL: bouncer config error", false)
                .forEach((text, away) ->
                        assertEquals(away, new LedgerException(new SQLException(text, "08P01")).isAway(), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no such database", "no such role", "no TLS"})
    void whatIsWrongInTheConfigurationIsNotWaitedForAndSaidInTheServersWords(String what) {
        String database = Postgres.database();
        LedgerException refused =
                switch (what) {
                    case "no such database" -> refused(database + "_x", Postgres.USER);
                    case "no such role" -> refused(database, "nobody_x");
                    default -> refused(database + "?sslmode=require", Postgres.USER);
                };

        assertFalse(refused.isAway(), refused::getMessage);
        assertTrue(refused.getMessage().matches(".*(does not exist|does not support SSL).*"), refused::getMessage);
    }

    @Test
    void aBatchDoesNotPutItsValuesIntoTheMessage() {
        SQLException said = new SQLException("ERROR: the server's words", "22P05");
        BatchUpdateException batch =
                new BatchUpdateException("Batch entry 2 INSERT ('a topic') was aborted", "22P05", 0, new int[0], said);

        assertEquals("The ledger's database says: ERROR: the server's words", new LedgerException(batch).getMessage());
    }

    @Test
    void aRoleThatMayNotMakeTablesIsToldTheGrantAndACheckSaysItBefore() {
        String database = withRole();
        Postgres.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        String grant = "GRANT USAGE, CREATE ON SCHEMA public TO " + ROLE;

        assertTrue(missing(database, ROLE).endsWith(grant), () -> missing(database, ROLE));
        LedgerException refused = refused(database, ROLE);
        assertTrue(
                refused.getMessage().contains("permission denied for schema public")
                        && refused.getMessage().endsWith(grant),
                refused::getMessage);
        assertFalse(refused.isAway());

        Postgres.execute(database, grant);
        assertEquals("", missing(database, ROLE));
        open(database, ROLE);
        assertEquals("", missing(database, ROLE));
    }

    @Test
    void aRoleThatMayNotEvenUseTheSchemaIsToldTheSame() {
        String database = withRole();
        Postgres.execute(database, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        String grant = "GRANT USAGE, CREATE ON SCHEMA public TO " + ROLE;

        assertTrue(missing(database, ROLE).endsWith(grant), () -> missing(database, ROLE));
        assertTrue(refused(database, ROLE).getMessage().endsWith(grant));
    }

    @Test
    void tablesOfAnotherRoleAreSaidWithTheGrantThatIsEnough() {
        String database = withRole();
        open(database, Postgres.USER);

        String missing = missing(database, ROLE);
        String refused = refused(database, ROLE).getMessage();

        assertTrue(refused.endsWith(missing), refused);
        Postgres.execute(database, missing.substring(missing.indexOf("GRANT ")));
        assertEquals("", missing(database, ROLE));
        open(database, ROLE);
    }

    @Test
    void aDatabaseThatTakesNoChangesIsFoundByTheCheckAndSaidAtTheStart() {
        String database = Postgres.database();
        Postgres.execute(database, "ALTER DATABASE " + name(database) + " SET default_transaction_read_only = on");

        String missing = missing(database, Postgres.USER);

        assertTrue(missing.startsWith("the database is read-only"), missing);
        assertTrue(refused(database, Postgres.USER).getMessage().endsWith(missing));
    }

    /** With a role that may not even look, there is no looking. */
    private static String missing(String database, String role) {
        try (LedgerConnection connection =
                LedgerConnection.look(database, role, "").orElseThrow()) {
            return Rights.missing(connection.source(), Database.PREFIX);
        }
    }

    private static void open(String database, String role) {
        try (LedgerConnection connection = LedgerConnection.open(database, role, "")) {
            new Ledger(connection.source(), TestLedger.LEASE);
        }
    }

    @Test
    void inADatabaseOfLatin1ATopicOfAnotherScriptStopsNothingAndItsJsonStaysWhole() {
        String database = Postgres.database("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        String zoom = "{\"topic\":\"Планування 🚀 ü\"}";
        try (LedgerConnection connection = LedgerConnection.open(database, Postgres.USER, "")) {
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            ledger.discoveries()
                    .add(List.of(
                            ARecording.with("before").topic("Übergabe").build(),
                            ARecording.with("other")
                                    .topic("Планування 🚀 ü")
                                    .zoom(zoom)
                                    .build(),
                            ARecording.with("after").build()));

            assertEquals(3, ledger.records().count());
            assertEquals(
                    "Übergabe",
                    ledger.records().find("before").orElseThrow().recording().topic());
            assertEquals(
                    "?????????? ? ü",
                    ledger.records().find("other").orElseThrow().recording().topic());
            assertEquals(
                    "{\"topic\":\"\\u041f\\u043b\\u0430\\u043d\\u0443\\u0432\\u0430\\u043d\\u043d\\u044f \\ud83d\\ude80 ü\"}",
                    ledger.records().zoom("other"));
            assertTrue(missing(database, Postgres.USER).contains("ENCODING 'UTF8'"));
        }
    }

    @Test
    void noSessionOfTheServersIsExpectedToRememberAStatement() throws Exception {
        try (LedgerConnection connection = LedgerConnection.open(Postgres.database(), Postgres.USER, "")) {
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            IntStream.range(0, 20).forEach(i -> ledger.records().count());

            assertEquals(
                    List.of(0),
                    new Database(connection.source(), Database.PREFIX)
                            .query(row -> row.getInt(1), "SELECT count(*) FROM pg_prepared_statements"));
        }
    }

    @Test
    void statementsThatGetMixedUpAreSaidToBeAPoolers() {
        Map.of(
                        "26000", "ERROR: prepared statement \"S_1\" does not exist",
                        "42P05", "ERROR: prepared statement \"S_1\" already exists",
                        "08P01", "ERROR: bind message supplies 3 parameters, but prepared statement \"S_1\" requires 1")
                .forEach((state, text) -> {
                    LedgerException e = new LedgerException(new SQLException(text, state));
                    assertTrue(e.getMessage().endsWith("add ?prepareThreshold=0 to ledger.url"), e::getMessage);
                    assertFalse(e.isAway());
                });
    }

    @Test
    void severalWorkThroughAPgBouncerInTransactionMode(@TempDir Path folder) {
        assumeTrue(PgBouncer.isInstalled(), "there is no pgbouncer on this machine");
        String database = Postgres.database();
        try (PgBouncer pooler = new PgBouncer(folder);
                LedgerConnection connection = LedgerConnection.open(pooler.url(database), Postgres.USER, "")) {
            Ledger ledger = new Ledger(connection.source(), TestLedger.LEASE);
            List<String> ids = IntStream.range(0, 60).mapToObj(i -> "r" + i).toList();
            ids.parallelStream().forEach(id -> {
                ledger.discoveries().add(List.of(ARecording.with(id).build()));
                Entry entry = ledger.claim(id).orElseThrow();
                assertTrue(ledger.renew(entry, java.time.Duration.ofHours(1)));
                assertTrue(ledger.release(entry));
            });
            long[] exported = new long[1];
            ledger.archive().exportAll(first -> {}, recording -> exported[0]++);

            assertEquals(60, exported[0]);
            // what one transaction sets must not be there in that of another
            assertEquals(
                    List.of("read committed"),
                    new Database(connection.source(), Database.PREFIX)
                            .query(row -> row.getString(1), "SHOW transaction_isolation"));
        }
    }
}
