package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
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
    private final Prompt prompt;
    private final MergePrompt mergePrompt;
    private final int partsAtOnce;
    private final String generator;

    private OpenAiSummariser(Provider provider, LlmConfig config) {
        Fence fence = Fence.withAKeyOfItsOwn();
        this.model = new Model(provider, config);
        this.prompt = new Prompt(provider, config, fence);
        this.mergePrompt = new MergePrompt(provider, config, fence);
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
        return Uni.createFrom().deferred(() -> {
            LanguageCheck language = LanguageCheck.of(transcript);
            List<Part> parts = prompt.parts(transcript);
            return parts.size() == 1
                    ? ofPart(transcript, parts.getFirst(), language, calls)
                    : ofParts(transcript, parts, language, calls);
        });
    }

    private Uni<Summary> ofParts(Transcript transcript, List<Part> parts, LanguageCheck language, Calls calls) {
        LOG.debugf("A transcript is summarised in %d parts", parts.size());
        return new Together(calls, partsAtOnce)
                .all(parts, (part, inTurn) -> ofPart(transcript, part, language, inTurn))
                .flatMap(summaries -> merged(
                                transcript,
                                summaries.stream().map(Narrative::of).toList(),
                                language,
                                calls)
                        .map(narrative -> Merge.of(generator, summaries, narrative)));
    }

    private Uni<Summary> ofPart(Transcript transcript, Part part, LanguageCheck language, Calls calls) {
        JsonNode request = prompt.request(transcript, part, language.inTask());
        return calls.make(() -> model.ask(request, calls::used).map(answer -> {
            check(AnswerSchema.WHOLE, answer, language);
            return new Proof(transcript, part).summary(generator, answer);
        }));
    }

    /** Merges groups of narratives until one is left. Each round leaves fewer of them. */
    private Uni<Narrative> merged(
            Transcript transcript, List<Narrative> narratives, LanguageCheck language, Calls calls) {
        if (narratives.size() == 1) {
            return Uni.createFrom().item(narratives.getFirst());
        }
        return new Together(calls, partsAtOnce)
                .all(mergePrompt.groups(narratives), (group, inTurn) -> ofGroup(transcript, group, language, inTurn))
                .flatMap(fewer -> merged(transcript, fewer, language, calls));
    }

    private Uni<Narrative> ofGroup(Transcript transcript, List<Narrative> group, LanguageCheck language, Calls calls) {
        if (group.size() == 1) {
            return Uni.createFrom().item(group.getFirst());
        }
        JsonNode request = mergePrompt.request(transcript, group, language.inTask());
        return calls.make(() -> model.ask(request, calls::used).map(answer -> {
            check(AnswerSchema.NARRATIVE, answer, language);
            return Narrative.of(answer);
        }));
    }

    private static void check(JsonSchema schema, JsonNode answer, LanguageCheck language) {
        schema.check(answer);
        Thoughts.check(answer);
        language.check(answer);
    }
}
