/** Takes over edited routes while the program runs: checks the whole folder first, then replaces what changed. */
package io.github.zoomtranscriber.reload;
