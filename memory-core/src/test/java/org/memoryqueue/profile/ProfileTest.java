package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.profile.Profile.TopicProgress;
import org.memoryqueue.testing.Stores;

class ProfileTest {

    private static final Instant MONDAY = Instant.parse("2026-09-07T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-09-08T08:00:00Z");

    @Test
    void followsFromTheSumsOfItsSessions() {
        Profile profile = profile(
                new Contribution(
                        "room 1",
                        TUESDAY,
                        3,
                        List.of(new Observation("Halves", 3, 0, 0), new Observation("thirds", 0, 1, 0)),
                        Set.of(Wish.VISUAL)),
                new Contribution("room 2", MONDAY, 4, List.of(new Observation("ninths", 0, 0, 3)), Set.of()));

        assertThat(profile.totalSessions()).isEqualTo(2);
        assertThat(profile.totalMessages()).isEqualTo(7);
        assertThat(profile.roomId()).isEqualTo("room 1");
        assertThat(profile.lastSessionAt()).isEqualTo(OffsetDateTime.parse("2026-09-08T08:00:00Z"));
        assertThat(profile.topicsMastered()).containsExactly("half");
        assertThat(profile.topicsInProgress()).containsExactly("third");
        assertThat(profile.topicsStruggling()).containsExactly("ninth");
        assertThat(profile.topicProgress())
                .containsEntry("ninth", new TopicProgress(20, 16, OffsetDateTime.parse("2026-09-07T08:00:00Z")));
        assertThat(profile.preferredExplanationStyle()).isNull();
        assertThat(profile.pacePreference()).isNull();
    }

    @Test
    void namesAPreferenceOnceThreeSessionsAgree() {
        Contribution session = new Contribution("r", MONDAY, 1, List.of(), Set.of(Wish.VISUAL, Wish.SLOWER));
        assertThat(profile(session, session).preferredExplanationStyle()).isNull();

        Profile profile = profile(session, session, session);

        assertThat(profile.preferredExplanationStyle()).isEqualTo("visual");
        assertThat(profile.pacePreference()).isEqualTo("slower");
    }

    @Test
    void isEmptyBeforeTheFirstSession() {
        Profile profile = profile();
        assertThat(profile.lastSessionAt()).isNull();
        assertThat(profile.topicProgress()).isEmpty();
        assertThat(profile.totalSessions()).isZero();
    }

    @Test
    void isSpeltAsOnTheWire() throws Exception {
        Profile profile =
                profile(new Contribution("r", MONDAY, 1, List.of(new Observation("halves", 1, 0, 1)), Set.of()));
        assertThat(Stores.json().readTree(Stores.json().writeValueAsString(profile)))
                .isEqualTo(Stores.json().readTree("""
                        {"id": "00000000-0000-0001-0000-000000000002", "student_id": "s", "chatbot_id": "c",
                         "room_id": "r", "topics_mastered": [], "topics_in_progress": ["half"],
                         "topics_struggling": [],
                         "topic_progress": {"half": {"level": 50, "uncertainty": 22, "last_reviewed": "2026-09-07T08:00:00Z"}},
                         "preferred_explanation_style": null, "pace_preference": null, "total_sessions": 1,
                         "total_messages": 1, "last_session_at": "2026-09-07T08:00:00Z"}
                        """));
    }

    private static Profile profile(Contribution... sessions) {
        return Profile.stored(new UUID(1, 2), "s", "c", ProfileStatistics.of(List.of(sessions)));
    }
}
