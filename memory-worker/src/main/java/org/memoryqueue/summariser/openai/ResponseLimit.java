package org.memoryqueue.summariser.openai;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Consumer;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.SummariserException;

/**
 * Ends a request whose response is longer than it may be: the client itself would gather whatever is sent.
 *
 * @param mostBytes how long a response may be
 */
record ResponseLimit(int mostBytes) implements Consumer<HttpClientRequest> {

    @Override
    public void accept(HttpClientRequest request) {
        request.response()
                .onSuccess(response -> response.handler(new Handler<>() {

                    private long received;

                    @Override
                    public void handle(Buffer chunk) {
                        received += chunk.length();
                        if (received > mostBytes) {
                            request.reset(0, exceeded(response));
                        }
                    }
                }));
    }

    /** A status that is a failure stays that failure, however long the page that comes with it. */
    private static SummariserException exceeded(HttpClientResponse response) {
        return response.statusCode() / 100 == 2
                ? new InvalidAnswerException("the response of the model is longer than it may be")
                : Refusal.of(
                        response.statusCode(),
                        response.getHeader(HttpHeaders.RETRY_AFTER),
                        response.getHeader(HttpHeaders.DATE));
    }
}
