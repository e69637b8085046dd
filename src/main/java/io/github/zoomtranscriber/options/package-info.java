/**
 * The options: their declarations, their sources and their checks. Of the rest of the program they know only the
 * constants that an option's words stand for.
 */
package io.github.zoomtranscriber.options;
