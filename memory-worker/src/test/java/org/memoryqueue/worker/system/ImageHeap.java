package org.memoryqueue.worker.system;

import java.lang.management.ManagementFactory;
import javax.management.ObjectName;

/**
 * Does in a JVM what native-image does to a service while it builds an executable: initialises its classes, and with them
 * everything that Quarkus makes before it starts. Prints the classes of the objects that there are then, one a line: an
 * executable would hold them.
 */
final class ImageHeap {

    private ImageHeap() {}

    public static void main(String[] arguments) throws Exception {
        Class.forName("io.quarkus.runner.ApplicationImpl", true, ImageHeap.class.getClassLoader());
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        // Rank, number of objects, bytes, class, and its module in brackets.
        histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
                .forEach(columns -> System.out.println(columns[3]));
    }
}
