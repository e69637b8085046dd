package io.github.zoomtranscriber.work;

import io.github.zoomtranscriber.transcript.Format;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.attachment.AttachmentMessage;

/** For a step that sends a mail: what is in a recording's files, wherever these are. */
public final class Attachments {

    private final List<Format> formats;

    public Attachments(List<Format> formats) {
        this.formats = List.copyOf(formats);
    }

    /** Attaches the transcript to the message, in each format of {@code output.formats}. */
    public void attach(@Variable(Work.VARIABLE) Work work, Exchange exchange) throws IOException {
        AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
        String base = work.fileName().substring(work.fileName().lastIndexOf('/') + 1);
        for (Format format : formats) {
            StringBuilder text = new StringBuilder();
            format.write(work.transcript(), text);
            String name = base + "." + format.extension();
            message.addAttachment(name, new DataHandler(new Rendered(name, text.toString())));
        }
    }

    private record Rendered(String name, String text) implements DataSource {

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException(name + " can only be read");
        }

        @Override
        public String getContentType() {
            return Format.mediaType(name) + ";charset=utf-8";
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
