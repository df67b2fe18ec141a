package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {

    private final LanguageGuess languages = new LanguageGuess();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Can you help me with fractions?                     | English",
                "photosynthesis                                      | English",
                "3 + 4 = 7                                           | English",
                "😀                                                   | English",
                "Ich verstehe nicht, warum das so ist                | German",
                "Je ne comprends pas pourquoi il est parti           | French",
                "No entiendo por qué la respuesta es esta            | Spanish",
                "Non capisco perché questo è il risultato della prova | Italian",
                "Não entendo por que isso é assim, você pode ajudar  | Portuguese",
                "Ik weet niet waarom het zo is                       | Dutch",
                "Я не понимаю дроби                                  | a language in Cyrillic script",
                "光合作用是什么？                                      | a language in Han script",
            })
    void guessesTheLanguage(String words, String name) {
        assertThat(languages.of(dialogue().student(words).utterances()).name()).isEqualTo(name);
    }
}
