package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdWindowTest {

    private static final long FIRST = 3_000_000_000L;
    private static final long LAST = FIRST + (1 << 26) - 1;

    private final IdWindow window = new IdWindow(FIRST);

    @Test
    void holdsIdsOfItsRangeOnly() {
        for (long id : new long[] {FIRST, FIRST + 70, LAST}) {
            assertThat(window.covers(id)).isTrue();
            assertThat(window.add(id)).isFalse();
            assertThat(window.add(id)).isTrue();
            assertThat(window.contains(id)).isTrue();
        }
        for (long id : new long[] {Long.MIN_VALUE, -1, 0, FIRST - 1, LAST + 1, Long.MAX_VALUE}) {
            assertThat(window.covers(id)).isFalse();
            assertThat(window.add(id)).isFalse();
            assertThat(window.add(id)).isFalse();
            assertThat(window.contains(id)).isFalse();
        }
        assertThat(window.poll(10)).containsExactly(FIRST, FIRST + 70, LAST);
    }

    @Test
    void givesTheLowestIdsOutOnce() {
        for (long id : new long[] {FIRST + 9, FIRST + 5, FIRST + 7}) {
            window.add(id);
        }
        assertThat(window.poll(2)).containsExactly(FIRST + 5, FIRST + 7);
        assertThat(window.poll(2)).containsExactly(FIRST + 9);
        assertThat(window.poll(2)).isEmpty();
    }

    @Test
    void losesWhatAnotherContains() {
        IdWindow other = new IdWindow(FIRST);
        window.add(FIRST + 1);
        window.add(FIRST + 2);
        other.add(FIRST + 2);
        other.add(FIRST + 3);
        window.removeAll(other);
        assertThat(window.poll(10)).containsExactly(FIRST + 1);
    }
}
