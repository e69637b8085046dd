/**
 * Measures the program against the simulator, each a process of its own, beside the plain way of doing the same. Not a
 * test: it is run by {@code mvn -Pbenchmark verify -DskipTests} alone, and prints a table.
 */
package io.github.zoomtranscriber.benchmark;
