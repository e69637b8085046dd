/** What becomes of a recording when something went wrong. */
package io.github.zoomtranscriber.recovery;
