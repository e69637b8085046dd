/** The command line, one class for each command. Data goes to standard output, everything else to standard error. */
package io.github.zoomtranscriber.command;
