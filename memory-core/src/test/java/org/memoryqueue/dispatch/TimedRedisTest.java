package org.memoryqueue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedRedisTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed when used memory > 'maxmemory'.",
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "CLUSTERDOWN The cluster is down",
                "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.",
                "BUSY Redis is busy running a script.",
                "NOAUTH Authentication required.",
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "CONNECTION_CLOSED",
                "ERR max number of clients reached",
                "ERR [0] CONNECTION_CLOSED",
                "ERR [0] MOVED 3999 127.0.0.1:6381",
                "ERR [0] ASK 3999 127.0.0.1:6381",
                "ERR [0] TRYAGAIN Multiple keys request during rehashing of slot",
                "ERR [12] io.netty.channel.unix.Errors$NativeIoException: recvAddress(..) failed: Connection reset by peer",
                "ERR [1] java.net.ConnectException: Connection refused",
                "ERR [0] io.netty.channel.StacklessClosedChannelException",
                "ERR [0] OOM command not allowed when used memory > 'maxmemory'.\nERR [1] OOM command not allowed",
                "ERR wrong number of arguments for 'xadd' command",
                "ERR [3] wrong number of arguments for 'xadd' command",
                "ERR Error running script (call to f_0): @user_script:8: attempt to index a nil value",
                "ERR Error running script (call to f_0): @user_script:8: @user_script: 8: -WRONGTYPE Operation against a key",
                "ERR unknown command 'EVALSHA'",
                "CROSSSLOT Keys in request don't hash to the same slot",
                "ERR Error running script (call to f_0): @user_script:8: @user_script: 8: -OOM command not allowed"
            })
    void tellsTroubleByWhatRedisAnswers(String answer) {
        assertThat(TimedRedis.isTrouble(ErrorType.create(answer))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR Error running script (call to f_0): @user_script:8: -NOGROUP No such key '{memory}:high'",
                "NOGROUP No such key '{memory}:high' or consumer group 'workers'",
                "ERR [0] NOGROUP No such key '{memory}:high' or consumer group 'workers'",
                "-NOGROUP No such key '{memory}:high' or consumer group 'workers'",
                "BUSYGROUP Consumer Group name already exists"
            })
    void takesNothingAboutGroupsForTrouble(String answer) {
        assertThat(TimedRedis.isTrouble(ErrorType.create(answer))).isFalse();
    }

    @Test
    void takesWhatIsNoAnswerForTrouble() {
        assertThat(TimedRedis.isTrouble(new TimeoutException())).isTrue();
        assertThat(TimedRedis.isTrouble(new ConnectException("refused"))).isTrue();
    }

    @Test
    void tellsTheTroubleOfABatchInOneLine() {
        assertThat(new IndexUnavailableException(ErrorType.create("ERR [0] OOM full\nERR [1] OOM full")))
                .hasMessage("Redis cannot serve: ERR [0] OOM full");
    }
}
