// A window for scenes; only Qt makes sense of the sections of its class.

#include "scene/store.hpp"

#include <QMainWindow>
#include <QSharedPointer>
#include <QTimer>

class Window : public QMainWindow {
	Q_OBJECT

public:
	explicit Window(QWidget *parent = nullptr);

public slots:
	void refresh();

signals:
	void changed(const QString &name);

private:
	QList<QTimer *> timers;
	QSharedPointer<scene::Store> store;
};

Window::Window(QWidget *parent) : QMainWindow(parent), store(QSharedPointer<scene::Store>::create()) // allocate: QSharedPointer::create
{
	QTimer *timer = new QTimer(this); // allocate: new
	connect(timer, &QTimer::timeout, this, &Window::refresh);
	timers.prepend(timer); // reallocate: prepend
}

void Window::refresh()
{
	char *name = qstrdup("scene"); // allocate: qstrdup
	delete[] name; // deallocate: delete[]
	void *block = qMalloc(16); // allocate: qMalloc
	block = qRealloc(block, 32); // reallocate: qRealloc
	qFree(block); // deallocate: qFree
	block = qMallocAligned(64, 16); // allocate: qMallocAligned
	qFreeAligned(block); // deallocate: qFreeAligned
	qDeleteAll(timers); // deallocate: qDeleteAll
	emit changed("scene");
	timers.takeFirst()->deleteLater(); // deallocate: deleteLater
}
