package org.memoryqueue.api.handin;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No more than {@link HandInLimits} allow: messages in a list, characters in a text. Validators are made before the
 * service knows its settings, so these are asked for when they are needed.
 */
@Constraint(validatedBy = {WithinLimits.OfMessages.class, WithinLimits.OfCharacters.class})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface WithinLimits {

    String message() default "is too long";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks how many messages there are; an absent list is another rule's business. */
    @Singleton
    final class OfMessages implements ConstraintValidator<WithinLimits, List<HandIn.@Nullable Entry>> {

        private final Provider<HandInLimits> limits;

        OfMessages(Provider<HandInLimits> limits) {
            this.limits = limits;
        }

        @Override
        public boolean isValid(@Nullable List<HandIn.@Nullable Entry> value, ConstraintValidatorContext context) {
            int max = limits.get().maxMessages();
            return value == null
                    || !value.isEmpty() && value.size() <= max
                    || Refusal.because(context, "must hold 1 to " + max + " messages");
        }
    }

    /** Checks how long a text is; an absent text is another rule's business. */
    @Singleton
    final class OfCharacters implements ConstraintValidator<WithinLimits, String> {

        private final Provider<HandInLimits> limits;

        OfCharacters(Provider<HandInLimits> limits) {
            this.limits = limits;
        }

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            int max = limits.get().maxCharacters();
            return value == null
                    || value.length() <= max
                    || Refusal.because(context, "must hold at most " + max + " characters");
        }
    }

    /** Says which limit it was. */
    final class Refusal {

        private Refusal() {}

        static boolean because(ConstraintValidatorContext context, String rule) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(rule).addConstraintViolation();
            return false;
        }
    }
}
