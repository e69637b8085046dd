/** From the kept JSON of one recording to text that people read and tools can use. Pure: no Camel, no I/O, no clock. */
package io.github.zoomtranscriber.transcript;
