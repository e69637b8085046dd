/** The program's logging: its levels and formats, and the filter that keeps secrets out of it. */
package io.github.zoomtranscriber.logging;
