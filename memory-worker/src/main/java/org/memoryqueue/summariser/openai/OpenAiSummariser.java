package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.OffLoop;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.transcript.Transcript;

/**
 * Summarises by a language model that speaks the chat-completions protocol. It never blocks; cancelling a summary aborts
 * its requests. Whatever goes wrong is a {@link SummariserException}. Safe for concurrent use.
 *
 * <p>A transcript that does not fit into one prompt is cut into parts, each is summarised by a call of its own, and the
 * findings are put together; what cannot be put together without understanding it, the model is asked once more.
 */
public final class OpenAiSummariser implements Summariser {

    private static final Logger LOG = Logger.getLogger(OpenAiSummariser.class);

    private final Model model;
    private final Fence fence = Fence.withAKeyOfItsOwn();
    private final Prompt prompt;
    private final MergePrompt mergePrompt;
    private final int partsAtOnce;
    private final String generator;

    private OpenAiSummariser(Provider provider, LlmConfig config) {
        this.model = new Model(provider, config);
        this.prompt = new Prompt(provider, config);
        this.mergePrompt = new MergePrompt(provider, config);
        this.partsAtOnce = config.partsAtOnce();
        this.generator = "openai/" + Prompt.VERSION + " " + provider.model() + " " + provider.name();
    }

    /**
     * The summariser that the settings ask for.
     *
     * @return empty when no key is set
     * @throws IllegalArgumentException if a setting is wrong; the message names its variable
     */
    public static Optional<OpenAiSummariser> of(LlmConfig config) {
        return Provider.of(config).map(provider -> {
            LOG.infof("Summaries are made by %s at %s", provider.model(), provider.baseUrl());
            return new OpenAiSummariser(provider, config);
        });
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return summarise(transcript, Calls.PLAIN);
    }

    /** All that is sent is made of this transcript, and all that comes back is in this summary. */
    @Override
    public Uni<Summary> summarise(Transcript transcript, Calls calls) {
        return OffLoop.compute(() -> read(transcript))
                .flatMap(reading -> reading.parts().size() == 1
                        ? ofPart(reading, reading.parts().getFirst(), calls)
                        : ofParts(reading, calls));
    }

    private Reading read(Transcript transcript) {
        return new Reading(
                transcript, LanguageCheck.of(transcript), fence.mark(transcript.messages()), prompt.parts(transcript));
    }

    /**
     * What is known of a transcript before anything is asked, and takes going through all of it.
     *
     * @param mark with which our own lines begin in all prompts about it
     */
    private record Reading(Transcript transcript, LanguageCheck language, String mark, List<Part> parts) {}

    /** The first part alone: while the model is away, the others would only fail beside it. */
    private Uni<Summary> ofParts(Reading reading, Calls calls) {
        List<Part> parts = reading.parts();
        LOG.debugf("A transcript is summarised in %d parts", parts.size());
        return ofPart(reading, parts.getFirst(), calls)
                .flatMap(first -> new Together(calls, partsAtOnce)
                        .all(parts.subList(1, parts.size()), (part, inTurn) -> ofPart(reading, part, inTurn))
                        .map(others ->
                                Stream.concat(Stream.of(first), others.stream()).toList()))
                .flatMap(summaries -> merged(
                                reading, summaries.stream().map(Narrative::of).toList(), calls)
                        .map(narrative -> Merge.of(generator, summaries, narrative)));
    }

    private Uni<Summary> ofPart(Reading reading, Part part, Calls calls) {
        JsonNode request =
                prompt.request(reading.mark(), part, reading.language().inTask());
        return calls.make(() -> model.ask(request, calls::used).map(answer -> {
            check(AnswerSchema.WHOLE, answer, reading.language());
            return new Proof(reading.transcript(), part).summary(generator, answer);
        }));
    }

    /** Merges groups of narratives until one is left. Each round leaves fewer of them. */
    private Uni<Narrative> merged(Reading reading, List<Narrative> narratives, Calls calls) {
        if (narratives.size() == 1) {
            return Uni.createFrom().item(narratives.getFirst());
        }
        return OffLoop.compute(() -> mergePrompt.groups(narratives))
                .flatMap(groups -> new Together(calls, partsAtOnce)
                        .all(groups, (group, inTurn) -> ofGroup(reading, group, inTurn)))
                .flatMap(fewer -> merged(reading, fewer, calls));
    }

    private Uni<Narrative> ofGroup(Reading reading, List<Narrative> group, Calls calls) {
        if (group.size() == 1) {
            return Uni.createFrom().item(group.getFirst());
        }
        JsonNode request =
                mergePrompt.request(reading.mark(), group, reading.language().inTask());
        return calls.make(() -> model.ask(request, calls::used).map(answer -> {
            check(AnswerSchema.NARRATIVE, answer, reading.language());
            return Narrative.of(answer);
        }));
    }

    private static void check(JsonSchema schema, JsonNode answer, LanguageCheck language) {
        schema.check(answer);
        Thoughts.check(answer);
        language.check(answer);
    }
}
