package io.github.zoomtranscriber.http;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * A request's JSON body that is looked at once more when everything else has been done: the connection stands, and what
 * comes next is the body's first byte. Where the check throws, the connection is closed, and the request, announced
 * with a length, was never made.
 */
public final class CheckedEntity extends HttpEntityWrapper {

    private final Runnable check;

    /** @param check throws if the request must not be sent */
    public CheckedEntity(String json, Runnable check) {
        super(new StringEntity(json, ContentType.APPLICATION_JSON));
        this.check = check;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        check.run();
        super.writeTo(out);
    }
}
