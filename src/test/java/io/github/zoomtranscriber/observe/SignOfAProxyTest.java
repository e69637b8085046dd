package io.github.zoomtranscriber.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what a proxy is noticed while there is no token. */
class SignOfAProxyTest {

    private static final String LOCAL = "GET / HTTP/1.1|Host: localhost";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Door door = new Door("");
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    try {
                        door.enter(request);
                        request.response().end();
                    } catch (UnauthorizedException stranger) {
                        request.response().setStatusCode(stranger.status()).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|Host: localhost",
                "GET / HTTP/1.1|Host: LOCALHOST:8080",
                "GET / HTTP/1.1|Host: 127.0.0.1:8080|User-Agent: curl/7.88.1|Accept: */*",
                "GET / HTTP/1.1|Host: [::1]:8080|Sec-Fetch-Site: none|Upgrade-Insecure-Requests: 1|sec-ch-ua: \"x\"",
                "POST / HTTP/1.1|Host: localhost|Origin: http://localhost|Content-Length: 0|X-Requested-With: x"
            })
    void whatIsOfThisMachineIsLetInAndClosesNothing(String request) throws Exception {
        assertEquals("200", status(request));
        assertEquals("200", status(LOCAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|Host: status.example",
                "GET / HTTP/1.1|Host: localhost.status.example",
                "GET / HTTP/1.1|Host: 192.0.2.1",
                "GET / HTTP/1.1|Host: 127.0.0.2",
                "GET / HTTP/1.0|Host: 127.0.0.1:8080",
                "OPTIONS / HTTP/1.0",
                "GET / HTTP/1.1|Host: localhost|Host: localhost",
                "GET / HTTP/1.1|Host: localhost|Forwarded: for=192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|X-Forwarded-For: 127.0.0.1",
                "GET / HTTP/1.1|Host: localhost|x-forwarded-proto: https",
                "GET / HTTP/1.1|Host: localhost|X-Forwarded-Server: a",
                "GET / HTTP/1.1|Host: localhost|X-Forwarded-Port: 443",
                "GET / HTTP/1.1|Host: localhost|X-Forwarded-Prefix: /zoom",
                "GET / HTTP/1.1|Host: localhost|X-Real-IP: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|X-Real-Port: 1",
                "GET / HTTP/1.1|Host: localhost|Via: 1.1 varnish",
                "GET / HTTP/1.1|Host: localhost|X-Varnish: 1",
                "GET / HTTP/1.1|Host: localhost|X-Client-IP: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|True-Client-IP: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|X-Cluster-Client-Ip: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|CF-Connecting-IP: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|X-Envoy-External-Address: 192.0.2.1",
                "GET / HTTP/1.1|Host: localhost|X-Original-URI: /"
            })
    void aSignOfAProxyIsEnoughForNobodyToBeLetInAnyMore(String request) throws Exception {
        assertEquals("200", status(LOCAL));
        assertEquals("403", status(request));
        assertEquals("403", status(LOCAL));
        assertEquals("403", status(LOCAL + "|Authorization: Bearer "));
    }

    private String status(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            List<String> lines = List.of((request + "|Connection: close").split("[|]"));
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split(" ")[1];
        }
    }
}
