package org.memoryqueue.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.time.LocalDate;
import org.memoryqueue.memory.Observation;

/** Answers, each by the {@link Forgetting#weight weight} of its day, so that their sum can be looked at on any later day. */
@RegisterForReflection
record Weights(BigInteger correctUnaided, BigInteger correctWithHelp, BigInteger incorrect) {

    static Weights of(Observation observation, LocalDate day) {
        BigInteger weight = Forgetting.weight(day);
        return new Weights(
                weight.multiply(BigInteger.valueOf(observation.correctUnaided())),
                weight.multiply(BigInteger.valueOf(observation.correctWithHelp())),
                weight.multiply(BigInteger.valueOf(observation.incorrect())));
    }

    /** The sum of both; the order does not matter. */
    Weights plus(Weights other) {
        return new Weights(
                correctUnaided.add(other.correctUnaided),
                correctWithHelp.add(other.correctWithHelp),
                incorrect.add(other.incorrect));
    }
}
