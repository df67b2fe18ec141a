package org.memoryqueue.summariser.privacy;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells what a number is by the words before it: {@code my phone number is}, {@code Steuer-ID:}. Between the word and the
 * number only words without a meaning of their own may stand, so that {@code a phone costs 1250000} tells nothing.
 */
final class Hints {

    private static final int FARTHEST = 48;
    private static final int MOST_WORDS = 7;

    private static final Set<String> CONNECTING = words("""
            is was are s re m no nr num number numbers id code at on me us him her them moi mich uns mij my his our your their the a an of for to it its
            new old own and or please here always still
            ist lautet lauten meine mein unter auf die der das nummer neue es son mon ma mi su el la il mio mia o os e é meu minha
            numero numéro par sous al au sur um número nuevo nueva mijn nummers op het van""");

    /** Asking somebody to call tells only with whom or where: "call it 5551234" names a number. */
    private static final Set<String> CALLS = words("""
            call text ring reach contact message dial phone ruf anrufen erreichen schreib llama llámame llamame escríbeme appelle bel
            liga chiama""");

    private static final Set<String> CALLED = words("me us him her them at on mich uns unter moi me mij mi");

    private static final Set<String> OWNERS = words("my his her our their your moms mums dads s");

    private static final Set<String> PHONES = words("""
            phone telephone tel mobile cell cellphone whatsapp sms fax handy handynummer telefon telefonnummer rufnummer mobilnummer
            mobil teléfono telefono móvil movil celular téléphone portable telefone telemóvel cellulare telefoon telefoonnummer
            mobiel komórka numer telefonu телефон""");

    private final Set<String> words;
    private final boolean calls;

    private Hints(Set<String> words, boolean calls) {
        this.words = words;
        this.calls = calls;
    }

    /** The words by which a number is somebody's phone. */
    static Hints ofPhones() {
        return new Hints(PHONES, true);
    }

    static Hints of(String words) {
        return new Hints(words(words), false);
    }

    private static Set<String> words(String words) {
        Set<String> folded = new HashSet<>();
        for (String word : words.split("\\s+")) {
            Folded letters = Folded.of(word);
            folded.add(letters.text(0, letters.length()));
        }
        return folded;
    }

    /** Whether such a word stands before an index. */
    boolean precede(Folded text, int index) {
        String next = "";
        int end = index;
        for (int read = 0; read < MOST_WORDS; read++) {
            while (end > 0 && !text.isLetter(end - 1) && index - end < FARTHEST) {
                if (text.isDigit(end - 1)) {
                    return false;
                }
                end--;
            }
            int start = end;
            while (start > 0 && text.isLetter(start - 1) && index - start < FARTHEST) {
                start--;
            }
            String word = text.text(start, end);
            if (word.isEmpty() || isTold(word, next)) {
                return !word.isEmpty();
            }
            if (!CONNECTING.contains(word)) {
                return false;
            }
            next = word;
            end = start;
        }
        return false;
    }

    private boolean isTold(String word, String next) {
        return words.contains(word)
                || (calls && CALLS.contains(word) && CALLED.contains(next))
                || (calls && OWNERS.contains(word) && next.equals("number"));
    }
}
