/**
 * How far each recording has come, in one table. The only package with SQL; it knows JDBC, and nothing of Zoom, HTTP or
 * Camel.
 */
package io.github.zoomtranscriber.ledger;
