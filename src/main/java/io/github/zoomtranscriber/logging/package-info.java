/** Keeps secrets out of the logs. */
package io.github.zoomtranscriber.logging;
