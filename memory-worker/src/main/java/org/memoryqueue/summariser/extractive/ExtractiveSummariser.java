package org.memoryqueue.summariser.extractive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.topic.Singular;
import org.memoryqueue.transcript.Transcript;

/**
 * Summarises offline, by rules: it reads the tutor's reactions as verdicts on the student's answers and quotes both.
 * The same transcript gives the same bytes, and nothing leaves the process. Safe for concurrent use.
 */
public final class ExtractiveSummariser implements Summariser {

    /** Who it is, as kept with each memory; the version changes whenever the same transcript may give other bytes. */
    public static final String GENERATOR = "extractive/2";

    private final LanguageGuess languages = new LanguageGuess();
    private final Segmentation segmentation;
    private final TopicExtraction topicExtraction;
    private final SignalReader signalReader;
    private final OutcomeModel outcomeModel;
    private final StatedPreferences preferences = new StatedPreferences();
    private final Findings findings;
    private final Struggles struggles;
    private final OpenEnds openEnds;
    private final Narrative narrative;

    /** Makes one with the weights that ship. */
    public ExtractiveSummariser() {
        this(OutcomeWeights.shipped());
    }

    /**
     * Makes one that judges by other weights, to measure them.
     *
     * @param weights of the model of how the task ended
     */
    public ExtractiveSummariser(OutcomeWeights weights) {
        StopWords stopWords = languages.english().stopWords();
        Moves moves = new Moves(stopWords);
        Reactions reactions = new Reactions();
        Passages passages = new Passages(stopWords, moves, reactions);
        segmentation = new Segmentation(stopWords, moves, reactions);
        signalReader = new SignalReader(new Disclosures());
        outcomeModel = new OutcomeModel(weights);
        topicExtraction = new TopicExtraction(new Mentions(stopWords, new Singular()::of, NounCues.english()));
        findings = new Findings(passages, new Echo(stopWords));
        struggles = new Struggles(passages, reactions, findings);
        openEnds = new OpenEnds(passages);
        narrative = new Narrative(passages, struggles, openEnds);
    }

    /** Computes on the subscriber's thread; a transcript of 40 messages takes a few milliseconds. */
    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return Uni.createFrom().item(() -> summary(transcript).withPreferences(preferences.in(transcript)));
    }

    /**
     * Reads the signals from which it judges how the task ended; to fit and to measure the weights.
     *
     * @return empty when it does not judge: another language, no attempt, or none to which the tutor said anything
     */
    public Optional<Signals> signals(Transcript transcript) {
        List<Utterance> utterances = Reader.read(transcript);
        return languages.of(utterances).isEnglish() ? signals(segmentation.segment(utterances)) : Optional.empty();
    }

    private Optional<Signals> signals(Conversation conversation) {
        return conversation.isJudgeable() ? Optional.of(signalReader.read(conversation)) : Optional.empty();
    }

    private Summary summary(Transcript transcript) {
        List<Utterance> utterances = Reader.read(transcript);
        Language language = languages.of(utterances);
        return language.isEnglish() ? english(utterances) : ForeignSummary.of(utterances, language);
    }

    private Summary english(List<Utterance> utterances) {
        Conversation conversation = segmentation.segment(utterances);
        Topics topics = topicExtraction.extract(utterances, languages.english(), conversation.openingIndex());
        Assessment assessment = signals(conversation).map(outcomeModel::assess).orElse(Assessment.NONE);
        Verdicts verdicts = Verdicts.of(conversation.attempts());
        List<Finding> understood = findings.understood(conversation, topics);
        List<Finding> struggling = struggles.of(conversation, topics);
        List<Finding> told = narrative.tell(conversation, topics, assessment.outcome());
        return new Summary(
                GENERATOR,
                Narrative.text(told),
                topics.names(),
                new Insights(claims(understood), claims(struggling), Progress.of(verdicts, assessment.outcome())),
                openEnds.nextSteps(conversation, topics, assessment.outcome()),
                assessment,
                evidence(understood, struggling, told, topics),
                Observations.of(conversation, topics));
    }

    private static List<String> claims(List<Finding> findings) {
        return findings.stream().map(Finding::claim).toList();
    }

    private static List<Evidence> evidence(
            List<Finding> understood, List<Finding> struggling, List<Finding> told, Topics topics) {
        Stream<Evidence> ofFindings =
                Stream.of(understood, struggling, told).flatMap(List::stream).flatMap(Finding::evidence);
        return Stream.concat(ofFindings, topics.evidence()).toList();
    }
}
