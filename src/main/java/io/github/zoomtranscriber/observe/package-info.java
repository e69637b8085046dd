/** How the program is watched while it runs: who is let in, what the status page shows, what health checks and metrics say. */
package io.github.zoomtranscriber.observe;
