package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.memoryqueue.api.handin.HandIn;
import org.memoryqueue.job.JobState;
import org.memoryqueue.testing.nativeimage.CompiledClasses;
import org.memoryqueue.testing.nativeimage.NativeGuard;

class NativeTest {

    @Test
    void findsNothingThatANativeExecutableWouldLack() {
        assertThat(NativeGuard.findings(CompiledClasses.ofModulesOf(JobState.class, HandIn.class)))
                .isEmpty();
    }
}
