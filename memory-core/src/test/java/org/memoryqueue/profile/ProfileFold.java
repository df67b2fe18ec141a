package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import java.time.LocalDate;
import java.util.Optional;
import org.memoryqueue.testing.Stores;

/** The profile as it is when every stored session is folded anew. */
public final class ProfileFold {

    private ProfileFold() {}

    /** Folds what is stored, under the id that the profile has. */
    public static Profile of(Stores stores, String studentId, String chatbotId) {
        Profile stored = stored(stores, studentId, chatbotId);
        return Profile.of(
                stored.id(),
                studentId,
                chatbotId,
                ProfileStatistics.of(await(
                        stores.bean(Contributions.class).find(stores.pool(), studentId, chatbotId, Optional.empty()))),
                (LocalDate) stores.value("SELECT (now() AT TIME ZONE 'UTC')::date"));
    }

    /** The profile as it is stored. */
    public static Profile stored(Stores stores, String studentId, String chatbotId) {
        return await(stores.bean(ProfileReader.class).find(studentId, chatbotId))
                .orElseThrow();
    }

    /** Compares every stored profile with its fold. */
    public static void assertStoredBitForBit(Stores stores) {
        ProfileRebuild.Rebuilt compared =
                await(stores.bean(ProfileRebuild.class).rebuild(RebuildCursor.START, 500, true, "test"));
        assertThat(compared.next()).isEmpty();
        assertThat(compared.differences()).isEmpty();
    }
}
