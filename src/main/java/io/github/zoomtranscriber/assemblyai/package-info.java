/** What has to be known of AssemblyAI: requests, what its errors mean, how often to ask, and how to find a lost job. */
package io.github.zoomtranscriber.assemblyai;
