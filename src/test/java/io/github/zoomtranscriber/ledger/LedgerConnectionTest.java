package io.github.zoomtranscriber.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process has the embedded database; others come in by it, or are told. */
class LedgerConnectionTest {

    @TempDir
    Path folder;

    @Test
    void aSecondProcessIsToldThatTheLedgerIsInUseAndWhatToDo() throws Exception {
        try (TestLedger test = TestLedger.in(folder);
                LedgerProcess second = LedgerProcess.start("open", TestLedger.url(folder))) {
            assertEquals(
                    "The ledger " + folder.resolve("ledger")
                            + " is in use by another zoom-transcriber: stop that one, or set ledger.url",
                    second.line());
            test.add("the first goes on");
        }
    }

    @Test
    void aCommandWorksBesideTheProcessThatHasTheLedger() throws Exception {
        try (TestLedger test = TestLedger.in(folder)) {
            test.failed("file", "not audio");
            try (LedgerProcess command = LedgerProcess.start("join", TestLedger.url(folder))) {
                assertEquals("1 put back, {DISCOVERED=1}", command.line());
            }
            assertEquals(State.DISCOVERED, test.state("file"));
        }
    }

    @Test
    void aFileIsMadeAsSmallAsWhatIsInItUnlessADaemonHasItOpen() throws Exception {
        Path file = folder.resolve("ledger.mv.db");
        try (TestLedger test = TestLedger.in(folder)) {
            for (int i = 0; i < 200; i++) {
                test.add("r" + i);
            }
            LedgerConnection.compact(TestLedger.url(folder), "", "");
            test.add("the daemon goes on");
        }
        long before = Files.size(file);
        LedgerConnection.compact(TestLedger.url(folder), "", "");
        assertTrue(Files.size(file) < before, () -> "still as large as " + before);
        try (TestLedger test = TestLedger.in(folder)) {
            assertEquals(Map.of(State.DISCOVERED, 201), test.ledger.statistics().counts());
        }
    }

    @Test
    void aCommandWorksAloneWhereNoProcessHasTheLedgerAlsoAfterOneThatWasKilled() throws Exception {
        try (LedgerProcess daemon = LedgerProcess.start("open", TestLedger.url(folder))) {
            assertEquals("open", daemon.line());
        }
        assertTrue(Files.exists(folder.resolve("ledger.door")), "a killed process cannot clean up");
        try (LedgerConnection alone = LedgerConnection.join(TestLedger.url(folder), "", "")) {
            assertEquals(
                    Map.of(),
                    new Ledger(alone.source(), TestLedger.LEASE).statistics().counts());
            assertFalse(alone.isExclusive());
        }
    }

    @Test
    void aDaemonAndACommandWaitForACommandThatHasTheLedgerForAMoment() throws Exception {
        for (Function<String, LedgerConnection> opening : List.<Function<String, LedgerConnection>>of(
                url -> LedgerConnection.open(url, "", ""), url -> LedgerConnection.join(url, "", ""))) {
            AtomicReference<LedgerConnection> opened = new AtomicReference<>();
            Thread waiting = new Thread(() -> opened.set(opening.apply(TestLedger.url(folder))));
            try (LedgerProcess command = LedgerProcess.start("hold", TestLedger.url(folder))) {
                assertEquals("open", command.line());
                waiting.start();
                await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                assertNull(opened.get());
            }
            waiting.join();
            opened.get().close();
        }
    }

    @Test
    void whatWasSaidToBeWrittenIsThereAfterAKill() throws Exception {
        String last = null;
        try (LedgerProcess process = LedgerProcess.start("fill", TestLedger.url(folder))) {
            for (int i = 0; i < 40; i++) {
                last = process.line();
            }
            process.kill();
            for (String line = process.line(); line != null && line.startsWith("file-"); line = process.line()) {
                last = line;
            }
        }
        try (TestLedger test = TestLedger.in(folder)) {
            int acknowledged = Integer.parseInt(last.substring("file-".length()));
            for (int i = 0; i <= acknowledged; i++) {
                assertEquals(State.TRANSCRIBING, test.state("file-" + i));
                assertEquals("transcript-" + i, test.entry("file-" + i).transcriptId());
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItWritesDoesNotCloseTheLedger() throws Exception {
        try (TestLedger test = TestLedger.in(folder)) {
            AtomicInteger written = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                int before = written.get();
                Thread writing = new Thread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        test.ledger.notes().put("written", "" + written.incrementAndGet());
                    }
                });
                writing.start();
                await().pollInterval(Duration.ofMillis(1)).until(() -> written.get() > before + 1);
                writing.interrupt();
                writing.join();
            }
            assertEquals(
                    "" + written.get(),
                    test.ledger.notes().find("written").orElseThrow().text());
        }
    }

    @Test
    void aLedgerThatHasClosedItselfAsOnAFullDiskIsOpenedAgain() {
        try (TestLedger test = TestLedger.in(folder)) {
            test.add("before");
            assertThrows(IllegalStateException.class, () -> test.execute("SHUTDOWN IMMEDIATELY"));
            await().ignoreExceptions().until(() -> test.state("before") == State.DISCOVERED);
            test.add("after");
            assertEquals(State.DISCOVERED, test.state("after"));
        }
    }

    @Test
    void theDoorForCommandsIsShutToOtherMachinesAndItsKeyIsTheOwnersAlone() throws IOException {
        try (TestLedger test = TestLedger.in(folder)) {
            test.add("file");
            Path door = folder.resolve("ledger.door");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(door)));
            int port = Integer.parseInt(Files.readString(door).split("/")[0]);
            List<InetAddress> others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList();
            for (InetAddress address : others) {
                try (Socket socket = new Socket()) {
                    assertThrows(
                            ConnectException.class,
                            () -> socket.connect(new InetSocketAddress(address, port)),
                            address + " is open");
                }
            }
        }
        assertFalse(Files.exists(folder.resolve("ledger.door")));
    }

    @Test
    void aPathWithoutTheWordFileIsAFileToo() {
        String url = TestLedger.url(folder).replace("jdbc:h2:file:", "jdbc:h2:");
        try (LedgerConnection connection = LedgerConnection.open(url, "", "")) {
            assertTrue(connection.isExclusive());
            assertTrue(Files.exists(folder.resolve("ledger.door")));
        }
    }

    @Test
    void aDatabaseThatIsSharedIsNobodysAlone() {
        String shared = TestLedger.url(folder).replace("DB_CLOSE_ON_EXIT=FALSE", "AUTO_SERVER=TRUE");
        for (String url : List.of("jdbc:h2:mem:shared;MODE=PostgreSQL", shared)) {
            try (LedgerConnection connection = LedgerConnection.open(url, "", "")) {
                assertFalse(connection.isExclusive(), url);
            }
        }
    }

    @Test
    void aDatabaseThatCannotBeOpenedIsSaidToBeTheLedgers() {
        LedgerException e = assertThrows(
                LedgerException.class, () -> LedgerConnection.open(TestLedger.url(folder) + ";IFEXISTS=TRUE", "", ""));
        assertTrue(e.getMessage().startsWith("The ledger's database says: "), e.getMessage());
    }
}
