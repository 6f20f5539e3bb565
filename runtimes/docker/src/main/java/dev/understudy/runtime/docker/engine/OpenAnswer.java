package dev.understudy.runtime.docker.engine;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.FilterInputStream;

/// The body of an answer that goes on. Closing it ends the call: what is left is not read.
final class OpenAnswer extends FilterInputStream {
    private final Response response;

    OpenAnswer(Response response) {
        super(response.getBody());
        this.response = response;
    }

    @Override
    public void close() {
        response.close();
    }
}
