/**
 * Checks the routes folder, and applies edits while the program runs: the whole folder is checked first, then what
 * changed is replaced.
 */
package io.github.zoomtranscriber.reload;
