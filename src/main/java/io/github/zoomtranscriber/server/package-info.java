/** The one HTTP server, for webhooks and pages. Nothing of it is loaded unless {@code server.port} is set. */
package io.github.zoomtranscriber.server;
