package io.github.zoomtranscriber.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One ledger in a file for all tests of a class, empty before each. */
abstract class LedgerFile {

    @TempDir
    static Path folder;

    static TestLedger test;
    static Ledger ledger;

    @BeforeAll
    static void open() {
        test = TestLedger.in(folder);
        ledger = test.ledger;
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @BeforeEach
    void empty() {
        test.empty();
    }
}
