package io.github.zoomtranscriber.ledger;

import org.junit.jupiter.api.Nested;

/** What holds of a ledger in a file holds of one on a PostgreSQL server. */
class LedgerOnPostgresTest {

    @Nested
    class Discovery extends LedgerDiscoveryTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Claim extends LedgerClaimTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Progress extends LedgerProgressTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Names extends LedgerNamesTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class AfterDelivery extends StepsTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Cluster extends LedgerNodesTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Remembers extends HistoryTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Recordings extends RecordsTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }

    @Nested
    class Sums extends StatisticsTest {
        @Override
        TestLedger openLedger() {
            return TestLedger.onPostgres();
        }
    }
}
