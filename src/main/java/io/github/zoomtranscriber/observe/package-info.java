/** How the program is watched while it runs: who is let in, the status page, health checks and metrics. */
package io.github.zoomtranscriber.observe;
