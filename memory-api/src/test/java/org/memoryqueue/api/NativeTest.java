package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.api.handin.HandIn;
import org.memoryqueue.job.JobState;
import org.memoryqueue.testing.nativeimage.CompiledClasses;
import org.memoryqueue.testing.nativeimage.NativeGuard;

class NativeTest {

    record Terse(
            @NotNull String missing,

            @Size(max = 5, message = "must have at most {max}")
            String braces) {}

    record Repeated(
            @Pattern(regexp = "a.*", message = "must begin with a") @Pattern(regexp = ".*b")
            String twice) {}

    record InsideAList(List<@NotNull String> elements) {}

    @Constraint(validatedBy = {})
    @Retention(RetentionPolicy.RUNTIME)
    @interface OfABundle {

        String message() default "{planted.message}";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    @Test
    void findsNothingThatANativeExecutableWouldLack() {
        assertThat(NativeGuard.findings(CompiledClasses.ofModulesOf(JobState.class, HandIn.class)))
                .isEmpty();
    }

    @Test
    void findsConstraintsWithoutAMessage() {
        assertThat(in(Terse.class))
                .anySatisfy(finding -> assertThat(finding).contains("Terse", "NotNull"))
                .anySatisfy(finding -> assertThat(finding).contains("Terse", "Size"))
                .hasSize(2);
        assertThat(in(Repeated.class)).singleElement().asString().contains("Repeated", "Pattern");
        assertThat(in(InsideAList.class)).singleElement().asString().contains("InsideAList", "NotNull");
        assertThat(in(OfABundle.class)).singleElement().asString().contains("OfABundle");
    }

    private static List<String> in(Class<?> planted) {
        return NativeGuard.findings(CompiledClasses.of(planted));
    }
}
