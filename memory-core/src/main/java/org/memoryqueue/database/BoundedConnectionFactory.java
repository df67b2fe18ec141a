package org.memoryqueue.database;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes connections to Postgres, with two limits that Vert.x does not have.
 *
 * <p>Connecting takes no longer than configured as a whole. Vert.x limits only the first step, that of TCP: a server that
 * is reached and then says nothing would keep its place in the pool occupied.
 *
 * <p>A connection on which nothing moves is cut. When the idle timeout of Vert.x closes a connection to Postgres, it says
 * goodbye and waits for the server to hang up: where nothing comes back any more, what waits for an answer would wait on.
 */
final class BoundedConnectionFactory extends PgConnectionFactory {

    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final Map<JsonObject, NetClient> clients = new ConcurrentHashMap<>();

    BoundedConnectionFactory(
            VertxInternal vertx, Supplier<? extends Future<? extends SqlConnectOptions>> database, PoolConfig config) {
        super(vertx, database);
        this.connectTimeout = config.connectTimeout();
        this.answerTimeout = config.answerTimeout();
    }

    /** What is made too late is closed; what is never made is cut later. */
    @Override
    public Future<SqlConnection> connect(Context context, SqlConnectOptions options) {
        Future<SqlConnection> connecting = super.connect(context, options);
        return connecting
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    connecting.onSuccess(SqlConnection::close);
                    return Future.failedFuture(failure instanceof TimeoutException ? tooLate() : failure);
                });
    }

    private VertxException tooLate() {
        return new VertxException("Postgres did not let us in within " + connectTimeout.toMillis() + " ms", true);
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        NetClientOptions tcp = new NetClientOptions(options).setReconnectAttempts(0);
        if (tcp.getHostnameVerificationAlgorithm() == null) {
            tcp.setHostnameVerificationAlgorithm("");
        }
        return clients.computeIfAbsent(tcp.toJson(), known -> cuttingClient(tcp));
    }

    private NetClient cuttingClient(NetClientOptions tcp) {
        CuttingClient client = new CuttingClient(tcp);
        clientCloseFuture.add(client);
        return client;
    }

    private final class CuttingClient extends NetClientImpl {

        CuttingClient(NetClientOptions options) {
            super(vertx, null, options, clientCloseFuture);
        }

        @Override
        protected void initChannel(ChannelPipeline pipeline) {
            super.initChannel(pipeline);
            pipeline.addLast("cut", new Cut(answerTimeout));
        }
    }

    /** Stands before all that would rather end politely. */
    private static final class Cut extends IdleStateHandler {

        Cut(Duration limit) {
            super(0, 0, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            context.close();
        }
    }
}
