/** The daemon: options, start and stop. What it does is in {@code routes/}. */
package io.github.zoomtranscriber;
