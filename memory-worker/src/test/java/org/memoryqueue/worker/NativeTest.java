package org.memoryqueue.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.memoryqueue.job.JobState;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.testing.nativeimage.CompiledClasses;
import org.memoryqueue.testing.nativeimage.NativeGuard;

class NativeTest {

    @Test
    void findsNothingThatANativeExecutableWouldLack() {
        assertThat(NativeGuard.findings(CompiledClasses.ofModulesOf(JobState.class, Summariser.class)))
                .isEmpty();
    }
}
