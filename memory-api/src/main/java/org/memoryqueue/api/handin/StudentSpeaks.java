package org.memoryqueue.api.handin;

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
import org.memoryqueue.transcript.Message;

/** A conversation in which the student said something. */
@Constraint(validatedBy = StudentSpeaks.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface StudentSpeaks {

    String message() default "must hold at least one message of the student (role user)";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks the rule; an absent value is another rule's business. */
    final class Validator implements ConstraintValidator<StudentSpeaks, List<HandIn.@Nullable Entry>> {

        @Override
        public boolean isValid(@Nullable List<HandIn.@Nullable Entry> value, ConstraintValidatorContext context) {
            return value == null
                    || value.isEmpty()
                    || value.stream().anyMatch(entry -> entry != null && Message.STUDENT.equals(entry.role()));
        }
    }
}
