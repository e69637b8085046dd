/** From AssemblyAI's answer to files on disk. */
package io.github.zoomtranscriber.delivery;
