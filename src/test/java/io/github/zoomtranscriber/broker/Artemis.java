package io.github.zoomtranscriber.broker;

import io.github.zoomtranscriber.FreePort;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** A real ActiveMQ Artemis in this process, reached over TCP, which can be stopped and started again. */
public final class Artemis implements AutoCloseable {

    private static final String QUEUE = "zoom-transcriber.recordings";

    private final Path folder;
    private final int port;
    private EmbeddedActiveMQ broker;

    private Artemis(Path folder) {
        this.folder = folder;
        this.port = FreePort.next();
    }

    /** @param folder what the broker keeps */
    public static Artemis start(Path folder) {
        Artemis artemis = new Artemis(folder);
        artemis.start();
        return artemis;
    }

    /** For {@code broker.url}. */
    public String url() {
        return "tcp://127.0.0.1:" + port + "?consumerWindowSize=0";
    }

    public void start() {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setMessageExpiryScanPeriod(1000)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString());
        try {
            configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port);
            broker = new EmbeddedActiveMQ().setConfiguration(configuration);
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void stop() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages nobody has taken yet, delivered to a consumer or not. */
    public long waiting() {
        Queue queue = broker.getActiveMQServer().locateQueue(QUEUE);
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** How many of those lie at consumers that have not taken them. */
    public int hoarded() {
        Queue queue = broker.getActiveMQServer().locateQueue(QUEUE);
        return queue == null ? 0 : queue.getDeliveringCount();
    }

    @Override
    public void close() {
        stop();
    }
}
