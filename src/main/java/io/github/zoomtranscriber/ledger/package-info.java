/** What is known of each recording, in one table: the only place with SQL. Knows JDBC, and nothing of Zoom, HTTP or Camel. */
package io.github.zoomtranscriber.ledger;
