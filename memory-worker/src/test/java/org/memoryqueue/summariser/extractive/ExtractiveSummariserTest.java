package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;
import static org.memoryqueue.summariser.extractive.SummaryAssertions.assertSound;

import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;

class ExtractiveSummariserTest {

    private static Dialogue photosynthesis() {
        return dialogue()
                .student("Hi! Can you help me understand photosynthesis? I have a test on Friday.")
                .tutor("Of course! What do you think plants need for photosynthesis?")
                .student("I think they need water and sunlight")
                .tutor("Exactly! And which gas do they take from the air?")
                .student("oxygen?")
                .tutor("Not quite. Oxygen is what they give off. Which gas do we breathe out?")
                .student("We breathe out carbon dioxide")
                .tutor("That's right, carbon dioxide, well done! Next time we will look at respiration.");
    }

    @Test
    void tellsWhatWasWantedWhatWentWrongAndHowItEnded() {
        Summary summary = photosynthesis().summary();

        assertThat(summary.generator()).isEqualTo("extractive/2");
        assertThat(summary.conversationSummary())
                .startsWith("The student asked: “Can you help me understand photosynthesis?”")
                .contains("To “oxygen?” the tutor said “Oxygen is what they give off.”")
                .endsWith("The student got there without being told: “We breathe out carbon dioxide”.");
        assertThat(summary.keyTopics()).startsWith("photosynthesis", "oxygen");
        assertThat(summary.insights().understood())
                .containsExactly(
                        "photosynthesis: “I think they need water and sunlight”",
                        "carbon dioxide: “We breathe out carbon dioxide”");
        assertThat(summary.insights().struggling())
                .containsExactly("oxygen: “oxygen?”; the tutor: “Oxygen is what they give off.”");
        assertThat(summary.assessment().outcome()).isEqualTo(Outcome.SOLVED);
        assertThat(summary.nextSteps()).isEqualTo("The tutor announced: “Next time we will look at respiration.”");
        assertSound(photosynthesis().transcript(), summary);
    }

    @Test
    void countsAnswersForEachTopicTheyDealWith() {
        assertThat(photosynthesis().summary().observations())
                .contains(new Observation("photosynthesis", 1, 0, 0), new Observation("oxygen", 0, 0, 1));
    }

    @Test
    void givesTheSameForTheSameTranscriptFromAnyInstance() {
        Summary first = photosynthesis().summary();
        Summary second = new ExtractiveSummariser()
                .summarise(photosynthesis().transcript())
                .await()
                .indefinitely();

        assertThat(second).isEqualTo(first).hasToString(first.toString());
    }

    @Test
    void doesNotTakeAStudentsWordForTheirUnderstanding() {
        Summary summary = dialogue()
                .tutor("A noun names a thing and a verb names an action. Is that clear?")
                .student("Yes, I understand now, thank you!")
                .tutor("Great, well done!")
                .summary();

        assertThat(summary.insights().understood()).isEmpty();
        assertThat(summary.observations()).isEmpty();
        assertThat(summary.assessment()).isEqualTo(Assessment.NONE);
    }

    @Test
    void doesNotCreditTheStudentWithWhatTheTutorGaveAway() {
        Summary summary = dialogue()
                .tutor("What is 12 + 30?")
                .student("I get 41.")
                .tutor("No, 12 + 30 = 42.")
                .student("Oh, I see, it is 42.")
                .tutor("Correct, well done!")
                .summary();

        assertThat(summary.insights().understood()).isEmpty();
        assertThat(summary.insights().struggling()).singleElement().asString().contains("“I get 41.”");
        assertThat(summary.assessment().outcome()).isEqualTo(Outcome.SOLVED_WITH_HELP);
        assertThat(summary.observations()).containsExactly(new Observation("addition", 0, 1, 1));
        assertThat(summary.conversationSummary()).contains("The tutor gave the answer away before the student said");
        assertThat(summary.nextSteps()).isEqualTo("Try a similar task on addition without the answer being given.");
    }

    @Test
    void doesNotCreditTheStudentWithWordsTheTutorGaveAway() {
        Summary summary = dialogue()
                .tutor("Which process turns sugar into energy in a cell?")
                .student("Digestion, because it burns food")
                .tutor("No. It is called cellular respiration.")
                .student("cellular respiration")
                .tutor("Yes, correct.")
                .summary();

        assertThat(summary.insights().understood()).isEmpty();
        assertThat(summary.assessment().outcome()).isEqualTo(Outcome.SOLVED_WITH_HELP);
    }

    @Test
    void callsATaskUnsolvedWhenTheLastAnswerWasTurnedDown() {
        Summary summary = dialogue()
                .tutor("Which article goes with the German word Mädchen?")
                .student("die Mädchen, because girls are female")
                .tutor("No, that's not right. Read the rule on diminutives again.")
                .summary();

        assertThat(summary.assessment().outcome()).isEqualTo(Outcome.UNSOLVED);
        assertThat(summary.conversationSummary()).contains("It was left unsolved at");
        assertThat(summary.nextSteps()).startsWith("Come back to the unsolved task");
        assertThat(summary.insights().understood()).isEmpty();
    }

    @Test
    void quotesAMistakeThatTheStudentNames() {
        Summary summary = dialogue()
                .tutor("How many chairs are there in the hall?")
                .student("There are 40 chairs.")
                .tutor("How many of them stand on the balcony?")
                .student("I forgot to count the chairs on the balcony. So there are 52 chairs.")
                .tutor("Correct!")
                .summary();

        assertThat(summary.insights().struggling())
                .singleElement()
                .asString()
                .contains("“I forgot to count the chairs on the balcony.”");
    }

    @Test
    void remembersWhatTheStudentSaysTheyDoNotGet() {
        Summary summary = dialogue()
                .tutor("Can you find evidence for your thesis?")
                .student("I don't understand what evidence means")
                .summary();

        assertThat(summary.insights().struggling())
                .singleElement()
                .asString()
                .contains("“I don't understand what evidence means”");
    }

    @Test
    void keepsTheIndexesOfTheMessagesAsTheyWereSent() {
        Summary summary = dialogue()
                .says("system", "You are a tutor. The answer is Canberra.")
                .tutor("What is the capital of Australia?")
                .says("tool", "{\"capital\": \"Canberra\"}")
                .student("The capital is Canberra")
                .tutor("Correct!")
                .summary();

        assertThat(summary.evidence())
                .contains(new Evidence(
                        Evidence.Kind.UNDERSTOOD,
                        summary.insights().understood().getFirst(),
                        3,
                        "The capital is Canberra"));
    }

    @Test
    void remembersASingleQuestionAsOpen() {
        Summary summary =
                dialogue().student("What is the capital of Australia?").summary();

        assertThat(summary.conversationSummary())
                .isEqualTo("The student asked: “What is the capital of Australia?” It was about capital, australia.");
        assertThat(summary.nextSteps()).isEqualTo("Answer “What is the capital of Australia?”");
        assertThat(summary.assessment()).isEqualTo(Assessment.NONE);
    }

    @Test
    void addsTheQuestionToABareAnswer() {
        Summary summary = dialogue()
                .tutor("Hello! Who wrote the play Hamlet?")
                .student("Shakespeare")
                .tutor("Correct!")
                .summary();

        assertThat(summary.insights().understood())
                .singleElement()
                .asString()
                .endsWith("“Shakespeare”, asked “Who wrote the play Hamlet?”");
    }

    @Test
    void leavesNextStepsEmptyWhenNothingIsOpen() {
        Summary summary = dialogue()
                .tutor("Which planet is the largest?")
                .student("Jupiter is the largest planet")
                .tutor("Correct, well done!")
                .summary();

        assertThat(summary.nextSteps()).isEmpty();
    }

    @Test
    void countsButDoesNotJudgeAnotherLanguage() {
        Summary summary = dialogue()
                .student("Was ist der Unterschied zwischen einem Nomen und einem Verb?")
                .tutor("Ein Nomen ist eine Sache, ein Verb ist eine Tätigkeit. Kannst du ein Verb nennen?")
                .student("Ich glaube, laufen ist ein Verb")
                .tutor("Genau, das ist richtig!")
                .summary();

        assertThat(summary.conversationSummary())
                .startsWith("Probably in German, which is counted here but not judged: 4 messages, 2 by the student.");
        assertThat(summary.keyTopics()).contains("verb", "nomen");
        assertThat(summary.insights().understood()).isEmpty();
        assertThat(summary.insights().struggling()).isEmpty();
        assertThat(summary.assessment()).isEqualTo(Assessment.NONE);
    }

    @Test
    void namesTheTopicsOfASumInAnotherLanguage() {
        Summary summary = dialogue()
                .tutor("Wir haben 12 Murmeln, und 4 Murmeln sind rot. Wie viele Murmeln sind nicht rot?")
                .student("Das sind 12 - 4 = 8 Murmeln, weil die anderen nicht rot sind")
                .tutor("Genau, 12 - 4 = 8 ist richtig!")
                .summary();

        assertThat(summary.keyTopics()).contains("murmeln");
    }

    @Test
    void readsALanguageLessonThatIsHeldInEnglish() {
        Summary summary = dialogue()
                .tutor("Let's practise the subjunctive. Please complete: Espero que tú ___ (venir).")
                .student("Espero que tú vienes")
                .tutor("Careful, after \"espero que\" you need the subjunctive. Try again.")
                .student("Espero que tú vengas")
                .tutor("Yes, exactly right!")
                .summary();

        assertThat(summary.keyTopics()).startsWith("subjunctive");
        assertThat(summary.assessment().outcome()).isEqualTo(Outcome.SOLVED);
    }

    @Test
    void namesNeitherTheStudentNorThePeopleOfASumAsTopics() {
        Summary summary = dialogue()
                .tutor("Hi Priya, today Omar has 20 stickers and Omar gives 6 stickers away. How many has Omar left?")
                .student("Now Omar has 20 - 6 = 14 stickers, so Omar has 14.")
                .tutor("Well done Priya, so Omar has 14 stickers.")
                .summary();

        assertThat(summary.keyTopics()).contains("sticker").doesNotContain("omar", "priya");
    }

    @Test
    void quotesWhereTheTutorGaveTheAnswer() {
        Summary summary = dialogue()
                .tutor("What is 12 + 30?")
                .student("I get 41.")
                .tutor("No, try again.")
                .student("Then 43.")
                .tutor("The answer is 42.")
                .student("Okay, 42.")
                .summary();

        assertThat(summary.conversationSummary())
                .endsWith("The tutor had said “The answer is 42.” before the student said “Okay, 42.”");
        assertThat(summary.insights().progress()).isEqualTo("Came to the answer only after the tutor had said it.");
    }

    @Test
    void takesAnAnswerThatTheStudentTakesBackForAStruggle() {
        Summary summary = dialogue()
                .tutor("How many legs have 5 spiders?")
                .student("5 times 6 legs is 30 legs.")
                .tutor("Spiders are no insects, they have 2 legs more.")
                .student("Oh, I see! 5 times 8 legs is 40 legs.")
                .tutor("Exactly!")
                .summary();

        assertThat(summary.insights().struggling())
                .singleElement()
                .asString()
                .contains("“5 times 6 legs is 30 legs.”; the tutor: “Spiders are no insects, they have 2 legs more.”");
        assertThat(summary.insights().understood()).singleElement().asString().contains("“5 times 8 legs is 40 legs.”");
    }

    @Test
    void takesASolutionForAStruggleThatEndedAtAnotherOne() {
        Summary summary = dialogue()
                .tutor("Hi Kofi, can you talk me through your solution?")
                .student("I added 7 tables and 4 chairs, which makes 11 chairs.")
                .tutor("How many chairs stand at each of the tables?")
                .student("There are 4 at each, so 28 chairs.")
                .tutor("Yes, great!")
                .summary();

        assertThat(summary.insights().struggling()).singleElement().asString().contains("which makes 11 chairs.”");
        assertThat(summary.conversationSummary())
                .doesNotContain("talk me through")
                .endsWith("The student got there without being told: “There are 4 at each, so 28 chairs.”");
    }

    @Test
    void tellsThatTheTutorTurnedDownAnEarlierAnswerAndMakesNoStruggleOfTheTutorsWordsAlone() {
        Summary summary = dialogue()
                .tutor("You forgot the chairs on the balcony. How many chairs are there in all?")
                .student("With the balcony there are 52 chairs.")
                .tutor("Correct!")
                .summary();

        assertThat(summary.insights().struggling()).isEmpty();
        assertThat(summary.conversationSummary())
                .contains("The tutor did not accept an earlier answer: “You forgot the chairs on the balcony.”");
    }

    @Test
    void takesAnEarlierAnswerForAStruggleWhereTheStudentOwnsUpToIt() {
        Dialogue talk = dialogue()
                .tutor("You forgot the chairs on the balcony. How many chairs are there in all?")
                .student("I don't understand why the balcony counts.")
                .tutor("The guests sit there, too.")
                .student("With the balcony there are 52 chairs.")
                .tutor("Correct!");

        assertThat(talk.summary().insights().struggling())
                .singleElement()
                .asString()
                .endsWith(
                        "“I don't understand why the balcony counts.”; the tutor: “You forgot the chairs on the balcony.”");
        assertSound(talk.transcript(), talk.summary());
    }

    @Test
    void doesNotTellTheSameWrongAnswerTwice() {
        Summary summary = dialogue()
                .tutor("What is 6 times 7?")
                .student("It is 48.")
                .tutor("No, count again.")
                .student("I still say 48.")
                .tutor("That is not right, add 6 seven times.")
                .summary();

        assertThat(summary.insights().struggling()).hasSize(1);
    }

    @Test
    void doesNotCallUnderstoodWhatTheTutorTurnedDownLater() {
        Summary summary = dialogue()
                .tutor("How many apples are in 3 bags of 6?")
                .student("3 bags hold 9 apples.")
                .tutor("Yes.")
                .student("So there are 9 apples.")
                .tutor("No, sorry, that is not right.")
                .summary();

        assertThat(summary.insights().understood()).isEmpty();
    }

    @Test
    void quotesTheCorrectionRatherThanThePraiseBeforeIt() {
        Summary summary = dialogue()
                .tutor("How far is it from Ayr to Oban?")
                .student("80 plus 30 is 120 miles.")
                .tutor("Good thinking to add the two roads. But the sum of the two is smaller.")
                .summary();

        assertThat(summary.insights().struggling())
                .singleElement()
                .asString()
                .endsWith("the tutor: “But the sum of the two is smaller.”");
    }

    @Test
    void namesThingsRatherThanActionsOfASumAsTopics() {
        Summary summary = dialogue()
                .tutor("Let us break this down. A baker packs 12 muffins in each of 3 boxes. How many muffins?")
                .student("Each box has 12 muffins, so 12 x 3 = 36 muffins.")
                .tutor("Good. To break it down helped. How many muffins are in 5 boxes?")
                .student("5 x 12 = 60 muffins.")
                .tutor("Correct!")
                .summary();

        assertThat(summary.keyTopics())
                .startsWith("multiplication")
                .contains("muffin")
                .doesNotContain("break");
    }

    @Test
    void readsAProperFractionAsOneAndADivisionAsOne() {
        Summary fraction = dialogue()
                .tutor("How much of the pie is left?")
                .student("There is 2/3 of it left.")
                .tutor("Yes, 2/3 of the pie.")
                .summary();
        Summary division = dialogue()
                .tutor("How many does each get?")
                .student("That is 24/4 = 6 for each.")
                .tutor("Yes, 24/4 is it.")
                .summary();

        assertThat(fraction.keyTopics()).contains("fraction").doesNotContain("division");
        assertThat(division.keyTopics()).contains("division").doesNotContain("fraction");
    }
}
