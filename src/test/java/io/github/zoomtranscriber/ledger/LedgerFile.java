package io.github.zoomtranscriber.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One ledger for all tests of a class, empty before each: in a file, unless a class says where else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LedgerFile {

    @TempDir
    static Path folder;

    static TestLedger test;
    static Ledger ledger;

    @BeforeAll
    void open() {
        test = openLedger();
        ledger = test.ledger;
    }

    @AfterAll
    void close() {
        test.close();
    }

    TestLedger openLedger() {
        return TestLedger.in(folder);
    }

    @BeforeEach
    void empty() {
        test.empty();
    }
}
