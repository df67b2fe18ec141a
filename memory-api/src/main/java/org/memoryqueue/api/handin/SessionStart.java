package org.memoryqueue.api.handin;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When a session began. A start up to ten minutes in the future is a fast clock. */
@Constraint(validatedBy = SessionStart.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface SessionStart {

    String message() default
            "must be an ISO 8601 time with offset, from the year 2000 on and at most 10 minutes in the future";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the rule; an absent value is another rule's business. */
    final class Validator implements ConstraintValidator<SessionStart, String> {

        /** Also the basic form of an offset, +0100, which ISO_OFFSET_DATE_TIME does not take. */
        private static final DateTimeFormatter ISO_8601 = new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .appendPattern("[XXX][XX][X]")
                .toFormatter(Locale.ROOT);

        private static final Duration FAST_CLOCK = Duration.ofMinutes(10);
        private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

        static Instant parse(String text) {
            return OffsetDateTime.parse(text, ISO_8601).toInstant();
        }

        private static boolean isPlausible(String text) {
            try {
                Instant start = parse(text);
                return !start.isBefore(EARLIEST) && !start.isAfter(Instant.now().plus(FAST_CLOCK));
            } catch (DateTimeException e) {
                return false;
            }
        }

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || isPlausible(value);
        }
    }
}
