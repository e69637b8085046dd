/** The options: what there is, where each comes from, what is wrong with one. Knows nothing of what is done with them. */
package io.github.zoomtranscriber.options;
