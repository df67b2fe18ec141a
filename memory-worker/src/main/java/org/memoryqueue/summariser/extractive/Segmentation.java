package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what was said into exchanges. When the student sends several messages in a row, the reaction belongs to the last
 * of them; when the tutor does, the first that judges is the reaction and the last is the next ask.
 */
final class Segmentation {

    private final StopWords stopWords;
    private final Moves moves;
    private final Reactions reactions;

    Segmentation(StopWords stopWords, Moves moves, Reactions reactions) {
        this.stopWords = stopWords;
        this.moves = moves;
        this.reactions = reactions;
    }

    Conversation segment(List<Utterance> utterances) {
        Disclosure disclosure = new Disclosure(stopWords);
        List<Exchange> exchanges = new ArrayList<>();
        Utterance ask = null;
        int numbersGiven = 0;
        for (int at = 0; at < utterances.size(); at++) {
            Utterance utterance = utterances.get(at);
            if (utterance.byStudent()) {
                exchanges.add(exchange(ask, utterance, utterances, at, disclosure));
            } else {
                numbersGiven += disclosure.hearTutor(utterance);
                ask = utterance;
            }
        }
        return new Conversation(utterances, List.copyOf(exchanges), numbersGiven);
    }

    private Exchange exchange(
            @Nullable Utterance ask, Utterance answer, List<Utterance> utterances, int at, Disclosure disclosure) {
        Move move = ask == null ? moves.ofOpening(answer) : moves.of(answer);
        Origin origin = move == Move.ATTEMPT ? disclosure.origin(answer) : Origin.NEW;
        disclosure.hearStudent(answer, move);
        Utterance reaction = null;
        Verdict verdict = Verdict.OPEN;
        for (int next = at + 1; next < utterances.size() && verdict == Verdict.OPEN; next++) {
            Utterance candidate = utterances.get(next);
            if (candidate.byStudent()) {
                break;
            }
            verdict = move == Move.ATTEMPT ? reactions.judge(candidate) : Verdict.OPEN;
            reaction = reaction == null || verdict != Verdict.OPEN ? candidate : reaction;
        }
        return new Exchange(ask, answer, move, reaction, verdict, origin);
    }
}
